"""Mistakes in mkdocs.yml that are valid YAML, and would otherwise change the site without a message."""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

import yaml

from ..common import scalar, yaml_nodes
from ..model import Problem

# Material's settings below `theme` and `extra`, where MkDocs accepts any name.
_THEME = (
    "name custom_dir language direction font features palette logo favicon icon static_templates locale "
    "admonition"
).split()  # fmt: skip
_EXTRA = (
    "homepage social generator analytics alternate version consent status tags annotate search "
    "disqus manifest scope"
).split()  # fmt: skip
_FEATURES = (
    "announce.dismiss content.action.edit content.action.view content.code.annotate "
    "content.code.copy content.code.select content.footnote.tooltips content.tabs.link "
    "content.tooltips header.autohide navigation.expand navigation.footer navigation.indexes "
    "navigation.instant navigation.instant.prefetch navigation.instant.preview "
    "navigation.instant.progress navigation.path navigation.prune navigation.sections "
    "navigation.tabs navigation.tabs.sticky navigation.top navigation.tracking search.highlight "
    "search.share search.suggest toc.follow toc.integrate"
).split()  # fmt: skip
_COLOUR = re.compile(r":[ \t]+(#[0-9a-fA-F]{3,8})\b")
_NO_SPACE = re.compile(r"([^:/]+):([^\s:/][^\s:]*(?:\.md|/))")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIMILAR = 0.75  # of 1, so that `hompage` is taken for `homepage`, and `homes` is not


def mistakes(text: str, path: str, known: Collection[str]) -> list[Problem]:
    """Return likely mistakes in the text of mkdocs.yml; `known` has the names that MkDocs knows."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        return []  # MkDocs reports that
    found = sorted(set(_mistakes(root, text.splitlines(), known)))
    return [Problem(path, line, message, hint) for line, message, hint in found]


def _mistakes(
    root: yaml.Node | None, lines: list[str], known: Collection[str]
) -> Iterator[tuple[int, str, str]]:
    top = dict(_children(root))
    for mapping in _mappings(root):
        yield from _repeated(mapping)
        for key, value in mapping.value:
            line = key.start_mark.line
            if value.tag == "tag:yaml.org,2002:null" and (match := _COLOUR.search(lines[line])):
                message = f"'{scalar(key)}' has no value: YAML takes {match[1]} for a comment"
                yield line + 1, message, f'write it in quotes: {scalar(key)}: "{match[1]}"'
    yield from _similar(root, known, "")
    yield from _similar(top.get("theme"), _THEME, " below theme")
    yield from _similar(top.get("extra"), _EXTRA, " below extra")
    if "homepage" in top and root:
        line = next(k.start_mark.line for k, _ in root.value if scalar(k) == "homepage") + 1
        yield line, "'homepage' is at the top level, where nothing reads it", "put it below extra:"
    for feature in _items(dict(_children(top.get("theme"))).get("features")):
        yield from _unlike(feature, _FEATURES, " among the theme's features")
    for item in _scalars(top.get("nav")):
        if match := _NO_SPACE.fullmatch(scalar(item)):
            message = f"'{scalar(item)}' in nav is no page: a space is missing behind the colon"
            yield item.start_mark.line + 1, message, f"write - {match[1]}: {match[2]}"
    for profile in _items(dict(_children(top.get("extra"))).get("social")):
        link = dict(_children(profile)).get("link")
        if link is not None and _MAIL.fullmatch(scalar(link)):
            message = f"the link '{scalar(link)}' is no address"
            yield link.start_mark.line + 1, message, f"write link: mailto:{scalar(link)}"


def _repeated(mapping: yaml.MappingNode) -> Iterator[tuple[int, str, str]]:
    """Keys that a mapping has twice: YAML keeps the last one only."""
    seen: dict[str, int] = {}
    for key, _ in mapping.value:
        name, line = scalar(key), key.start_mark.line + 1
        if name in seen and name != "<<":
            message = f"'{name}' is set twice, and only this one counts"
            yield line, message, f"join it with the one in line {seen[name]}"
        seen[name] = line


def _similar(
    node: yaml.Node | None, known: Collection[str], where: str
) -> Iterator[tuple[int, str, str]]:
    """Unknown keys of a mapping that look like known ones."""
    if isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            yield from _unlike(key, known, where)


def _unlike(node: yaml.Node, known: Collection[str], where: str) -> Iterator[tuple[int, str, str]]:
    name = scalar(node)
    meant = [] if name in known else get_close_matches(name, known, 1, _SIMILAR)
    if meant:
        yield node.start_mark.line + 1, f"'{name}' is not known{where}", f"write {meant[0]}"


def _children(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((scalar(key), value) for key, value in node.value)


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _mappings(root: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    return (node for node in yaml_nodes(root, keys=False) if isinstance(node, yaml.MappingNode))


def _scalars(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    return (node for node in yaml_nodes(root, keys=False) if isinstance(node, yaml.ScalarNode))
