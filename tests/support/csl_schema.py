"""The schema that our CSL-JSON keeps."""

from typing import Any

# The parts of csl-data.json (CSL-JSON 1.0) that we write: names and types as the schema has them.
STRING = {"type": "string", "minLength": 1}
NAME = {
    "type": "object",
    "properties": dict.fromkeys(
        ["family", "given", "non-dropping-particle", "suffix", "literal"], STRING
    ),
    "additionalProperties": False,
    "minProperties": 1,
}
NAMES = {"type": "array", "items": NAME, "minItems": 1}
PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "items": PARTS, "minItems": 1, "maxItems": 2},
        "literal": STRING,
        "season": {"enum": [1, 2, 3, 4]},
    },
    "additionalProperties": False,
    "minProperties": 1,
}
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title"],
        "additionalProperties": False,
        "properties": {
            "type": {
                "enum": "article article-journal book broadcast chapter dataset document "
                "entry-encyclopedia graphic "
                "legal_case legislation manuscript motion_picture pamphlet paper-conference "
                "patent performance periodical personal_communication report review software song "
                "speech standard thesis webpage".split()
            },
            **dict.fromkeys(["author", "editor", "translator", "container-author"], NAMES),
            **dict.fromkeys(["issued", "original-date", "event-date", "accessed"], DATE),
            **dict.fromkeys(
                "id title container-title event event-title event-place collection-title "
                "volume issue number page edition version genre "
                "publisher publisher-place DOI URL ISBN ISSN PMID PMCID abstract keyword language "
                "status note collection-number chapter-number number-of-pages number-of-volumes "
                "title-short container-title-short original-publisher original-title".split(),
                STRING,
            ),
        },
    },
}
