"""robots.txt and llms.txt are what their specifications ask for, whatever titles say."""

from homepage.web.robots import llms, robots


def test_robots_names_the_sitemap_where_there_is_one() -> None:
    assert robots("https://me.example/sitemap.xml").endswith(
        "\nSitemap: https://me.example/sitemap.xml\n"
    )
    assert robots("") == "User-agent: *\nAllow: /\n"


def test_llms_has_a_title_a_summary_and_lists() -> None:
    sections = {
        "Pages": [("One", "https://me.example/", ""), ("Two", "/two/", "of two")],
        "None": [],
    }
    assert llms("Me", "I do things.", sections) == (
        "# Me\n\n> I do things.\n\n## Pages\n\n- [One](https://me.example/)\n- [Two](/two/): of two\n"
    )


def test_llms_without_a_summary_has_none() -> None:
    assert llms("Me", "", {}) == "# Me\n"


def test_titles_stay_titles_in_llms() -> None:
    text = llms("a\n# b", "", {"Pages": [("x](http://evil.example) <b>\n## c", "/x/", "*d*")]})
    assert text == "# a # b\n\n## Pages\n\n- [x\\](http://evil.example) \\<b\\> ## c](/x/): \\*d\\*\n"
