"""Slugs are stable, safe in addresses and file names, and unique."""

import pytest

from homepage.common import slugs


def test_slugs_are_stable_safe_and_unique() -> None:
    keys = ["DBLP:conf/x/Y", "1+1>2", "a", "A", "a-2", "a", "Müller2020", "张2020", "++", ""]
    expected = "dblp-conf-x-y p-1-1-2 a a-2 a-2-2 a-3 muller2020 张2020 p-2b-2b entry"
    assert slugs.unique(keys) == expected.split()


DEVICES = ["con", "PRN", "Aux", "nul", "com1", "COM9", "lpt1", "Lpt9", "com¹", "lpt³", "com0", "ＮＵＬ"]


@pytest.mark.parametrize("key", DEVICES)
def test_no_slug_is_a_device_of_windows(key: str) -> None:
    slug = slugs.slugify(key)
    assert slug.startswith("p-")
    assert not slugs.is_device(slug)
    found = slugs.unique([key, slug, f"{key}!", "other"])
    assert found == [slug, f"{slug}-2", f"{slug}-3", "other"]


@pytest.mark.parametrize("key", ["com10", "console", "con2024", "lpt", "auxiliary", "null", "a-con"])
def test_other_slugs_stay(key: str) -> None:
    assert slugs.slugify(key) == key


@pytest.mark.parametrize("ending", ["", ".html", ".tar.gz", ".", " ", " .txt", ":stream"])
def test_devices_are_known_with_any_ending(ending: str) -> None:
    for name in ("con", "NUL", "com1", "LPT²", "conin$", "CONOUT$"):
        assert slugs.is_device(name + ending)
        assert not slugs.is_device(f"x{name}{ending}")


def test_slugs_of_many_equal_keys_take_linear_time() -> None:
    assert len(set(slugs.unique(["a"] * 50_000))) == 50_000
