"""mkdocs.yml and people.yml of an owner, written for them."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from . import yaml_edits
from .owner import Owner

_PEOPLE = """\
# Names as they stand in your publications. A name's address becomes its link in every citation;
# `native` is the name in its own script, `also` lists other spellings of the same person.
"""
# What a site that was somebody else's says of its owner and files: nothing of it is the new one's.
_OTHERS = ("alumni_of", "portrait", "domain", "bibliography", "people", "venues", "news")


def rewrite(
    text: str,
    owner: Owner,
    nav: Sequence[tuple[str, str]],
    more: Mapping[str, object] | None = None,
) -> str:
    """The text of mkdocs.yml with this owner's identity and menu (titles and paths in docs/).

    `more` are settings below extra.homepage. All other lines stay as they are, whatever is in them;
    `yaml_edits.fault` says whether the text can be changed.
    """
    values: dict[tuple[str, ...], object] = {
        ("site_name",): owner.name,
        ("site_author",): owner.name,
        ("site_description",): owner.described(),
        ("site_url",): owner.site_url or None,
        ("copyright",): f"© {html.escape(owner.name, quote=False)}",
        ("nav",): [{title: path} for title, path in nav],
        # Those that are empty stay as well: that is where one fills them in.
        ("extra", "homepage", "job_title"): owner.job_title or None,
        ("extra", "homepage", "affiliation"): _one_or_several(owner.affiliation),
        ("extra", "homepage", "interests"): list(owner.interests) or None,
        ("extra", "social"): [{"link": link} for link in owner.links] or None,
    }
    settings = {**({"portrait": owner.portrait} if owner.portrait else {}), **(more or {})}
    for name in _OTHERS:
        if name not in settings:
            text = yaml_edits.take(text, ("extra", "homepage", name))
    for name, setting in settings.items():
        values["extra", "homepage", name] = setting
    for path, value in values.items():
        text = yaml_edits.put(text, path, value)
    return text


def people(owner: Owner, others: Mapping[str, Mapping[str, object]]) -> str:
    """The text of people.yml: the owner, and others with the fields that the README names."""
    own = {"native": owner.native, "also": list(owner.also), "url": owner.site_url}
    text = _PEOPLE
    for name, fields in {owner.name: own, **others}.items():
        given = {field: value for field, value in fields.items() if value}
        text = yaml_edits.put(text, (name,), given["url"] if given.keys() == {"url"} else given)
    return text


def _one_or_several(texts: Sequence[str]) -> object:
    return (list(texts) if len(texts) > 1 else texts[0]) if texts else None
