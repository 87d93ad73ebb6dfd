"""Writes mkdocs.yml and people.yml for an owner."""

import html
from collections.abc import Mapping, Sequence

from . import yaml_edits
from .owner import Owner

_PEOPLE = """\
# Names as they stand in your publications. A name's address becomes its link in every citation;
# `native` is the name in its own script, `also` lists other spellings of the same person.
"""
# Settings about the former owner and his files, which the new site does not keep.
_OTHERS = ("alumni_of", "portrait", "domain", "bibliography", "people", "venues", "news")


def rewrite(
    text: str, owner: Owner, nav: Sequence[tuple[str, str]], more: Mapping[str, object] | None = None
) -> str:
    """Return the text of mkdocs.yml with this owner's identity and menu (titles and paths in docs/).

    `more` are settings under extra.homepage. All other lines stay as they are; the text must have no
    `yaml_edits.fault`.
    """
    # One alone need not be a list.
    affiliation = owner.affiliation[0] if len(owner.affiliation) == 1 else list(owner.affiliation)
    values: dict[tuple[str, ...], object] = {
        ("site_name",): owner.name,
        ("site_author",): owner.name,
        ("site_description",): owner.described(),
        ("site_url",): owner.site_url or None,
        ("copyright",): f"© {html.escape(owner.name, quote=False)}",
        ("nav",): [{title: path} for title, path in nav],
        # Empty ones are kept for the owner to fill in.
        ("extra", "homepage", "job_title"): owner.job_title or None,
        ("extra", "homepage", "affiliation"): affiliation or None,
        ("extra", "homepage", "interests"): list(owner.interests) or None,
        ("extra", "social"): [{"link": link} for link in owner.links] or None,
    }
    settings = {**({"portrait": owner.portrait} if owner.portrait else {}), **(more or {})}
    values |= {("extra", "homepage", name): setting for name, setting in settings.items()}
    for name in _OTHERS:
        if name not in settings:
            text = yaml_edits.take(text, ("extra", "homepage", name))
    for path, value in values.items():
        text = yaml_edits.put(text, path, value)
    return text


def people(owner: Owner, others: Mapping[str, Mapping[str, object]]) -> str:
    """Return the text of people.yml with the owner, and others with the fields that the README names."""
    own = {"native": owner.native, "also": list(owner.also), "url": owner.site_url}
    text = _PEOPLE
    for name, fields in {owner.name: own, **others}.items():
        given = {field: value for field, value in fields.items() if value}
        text = yaml_edits.put(text, (name,), given["url"] if given.keys() == {"url"} else given)
    return text
