"""The pages of slogans in a real browser: links, boxes, sorting, narrow screens, print, no script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from test_slogan_reports import KNOWN, TEXT, analysed, seen

from docnlp.reports.inventory import collect
from docnlp.reports.slogan_page import file_page, render, render_inventory

pytestmark = pytest.mark.skipif(bool(browser.missing()), reason=browser.missing() or "a browser is here")

HOSTILE = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    with browser.Browser(tmp_path_factory.mktemp("profile")) as b:
        yield b


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("html")
    pages = [
        file_page("方案.txt", 0, analysed(TEXT + "今天开会。\n" * 60 + "再说光盘行动。\n", *KNOWN)),
        file_page(f"{HOSTILE}.md", 1, analysed(f"开展{HOSTILE}活动。", (HOSTILE, "policy", 1.0))),
    ]
    (base / "口号.html").write_text(render(pages, [(HOSTILE, HOSTILE)]), encoding="utf-8")
    sightings = [
        *[seen("四进", "甲.txt", 2018, "numeric", 0.9)] * 12,
        *[seen("人人参与、人人有责", f"很长的文件夹名/{'长' * 40}.txt", 2020, "parallel")] * 3,
        *[seen("光盘行动", f"{i}.txt") for i in range(9)],
        seen(HOSTILE, HOSTILE, 2016, "policy"),
    ]
    (base / "汇总.html").write_text(render_inventory(collect(sightings, 12)), encoding="utf-8")
    return base


@pytest.fixture
def opened(tab: browser.Browser, folder: Path, request: pytest.FixtureRequest) -> Iterator[browser.Browser]:
    tab.size(1280, 700)
    tab.open("about:blank")
    tab.open(folder / request.param)
    yield tab
    assert tab.complaints() == []
    assert tab.evaluate("window.broken") is None


texts = pytest.mark.parametrize("opened", ["口号.html"], indirect=True)
inventory = pytest.mark.parametrize("opened", ["汇总.html"], indirect=True)
both = pytest.mark.parametrize("opened", ["口号.html", "汇总.html"], indirect=True)


def click(tab: browser.Browser, selector: str) -> None:
    tab.evaluate(f"document.querySelector({selector!r}).click()")


def words(tab: browser.Browser, selector: str) -> list[str]:
    return list(tab.evaluate(f"Array.from(document.querySelectorAll({selector!r})).map((e) => e.textContent.trim())"))


def shown(tab: browser.Browser, selector: str) -> list[str]:
    script = f"Array.from(document.querySelectorAll({selector!r})).filter((e) => e.offsetHeight > 0).map((e) => e.textContent.trim())"
    return list(tab.evaluate(script))


@texts
def test_the_text_is_whole_and_the_types_differ(opened: browser.Browser) -> None:
    lines = words(opened, "#file-0 .line")
    assert lines[1] == TEXT.split("\n")[1]
    styles = opened.evaluate(
        "['numeric', 'parallel', 'campaign', 'policy'].map((t) => getComputedStyle(document.querySelector('a.mark.t-' + t)))"
        ".map((s) => s.backgroundColor + ' ' + s.borderBottomStyle)"
    )
    assert len({s.rsplit(" ", 1)[0] for s in styles}) == 4
    assert {s.rsplit(" ", 1)[1] for s in styles} == {"double", "solid", "dashed", "dotted"}


@texts
def test_jumping_from_the_list_to_the_text_and_back(opened: browser.Browser) -> None:
    far = "#file-0 .item[data-type=campaign] .places a:last-child"
    assert opened.evaluate(f"document.querySelector({far!r}).textContent") == "第 65 行第 3 字"
    click(opened, far)
    where = "document.querySelector('.mark:target').getBoundingClientRect()"
    assert opened.evaluate("document.querySelector('.mark:target').textContent") == "光盘行动"
    assert opened.evaluate(f"{where}.top >= document.querySelector('.filters').getBoundingClientRect().bottom") is True
    assert opened.evaluate(f"{where}.bottom <= innerHeight") is True
    click(opened, ".mark:target")
    assert opened.evaluate("document.querySelector('.item:target .phrase').textContent") == "光盘行动"


@texts
def test_boxes_hide_in_the_list_and_in_the_text(opened: browser.Browser) -> None:
    assert words(opened, ".shown") == ["显示 4／4 个"]
    click(opened, "input[value=numeric]")
    assert "四进" not in shown(opened, ".item .phrase")
    assert words(opened, ".shown") == ["显示 3／4 个"]
    mark = "document.querySelector('a.mark.t-numeric')"
    assert opened.evaluate(f"getComputedStyle({mark}).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert opened.evaluate(f"{mark}.tabIndex") == -1
    click(opened, "input[value=numeric]")
    assert opened.evaluate(f"{mark}.tabIndex") == 0
    click(opened, "input[value=policy]")
    assert shown(opened, "#file-1 .nothing") == ["筛选之后没有要看的。"]
    assert shown(opened, "#file-0 .nothing") == []


@inventory
def test_the_table_is_sorted(opened: browser.Browser) -> None:
    first = ["四进", "光盘行动", "人人参与、人人有责", HOSTILE]
    cells = ".phrases tbody th"
    assert words(opened, cells) == first

    def press(column: int) -> list[str]:
        click(opened, f".phrases thead th:nth-child({column}) button")
        return words(opened, cells)

    assert press(3) == first[::-1]
    assert press(3) == first
    assert press(4)[0] == "光盘行动"
    assert press(5) == ["人人参与、人人有责", "四进", HOSTILE, "光盘行动"], "no year: behind"
    assert press(5) == [HOSTILE, "四进", "人人参与、人人有责", "光盘行动"]
    sorted_by = "Array.from(document.querySelectorAll('[aria-sort]')).map((e) => e.cellIndex + e.getAttribute('aria-sort'))"
    assert opened.evaluate(sorted_by) == ["4ascending"]
    assert press(1)[-1] == "四进", "by sound"
    opened.evaluate("document.querySelector('.phrases thead th:nth-child(3) button').focus()")
    opened.key("Enter")
    assert words(opened, cells) == first


@inventory
def test_the_table_is_filtered(opened: browser.Browser) -> None:
    for type_ in ("numeric", "policy", "parallel"):
        click(opened, f"input[value={type_}]")
    assert shown(opened, ".phrases tbody th") == ["光盘行动"]
    assert shown(opened, ".nothing") == []
    click(opened, "input[value=campaign]")
    assert shown(opened, ".nothing") == ["筛选之后没有要看的。"]


@inventory
def test_the_bars_are_as_long_as_their_numbers(opened: browser.Browser) -> None:
    widths = opened.evaluate("Array.from(document.querySelectorAll('.bars rect')).map((r) => r.getBoundingClientRect().width)")
    assert len(widths) == 4
    assert [round(w / widths[0] * 12, 1) for w in widths] == [12, 9, 3, 1]


@both
@pytest.mark.parametrize("width", [320, 600, 960, 1600])
def test_nothing_sticks_out_on_any_screen(opened: browser.Browser, width: int) -> None:
    opened.size(width, 800)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    labels = "Array.from(document.querySelectorAll('.bars text')).every((t) => t.getBoundingClientRect().right <= t.ownerSVGElement.getBoundingClientRect().right)"
    assert opened.evaluate(labels) is True


@both
def test_dark_and_light(opened: browser.Browser) -> None:
    back = "getComputedStyle(document.querySelector('.legend .mark')).backgroundColor"
    opened.dark(False)
    light = opened.evaluate(back)
    opened.dark(True)
    dark = opened.evaluate(back)
    assert light != dark
    click(opened, "[data-theme-switch]")
    assert opened.evaluate(back) == light
    opened.dark(False)


@both
def test_print_keeps_the_legend(opened: browser.Browser) -> None:
    opened.send("Emulation.setEmulatedMedia", media="print")
    assert len(shown(opened, ".legend li")) == 4
    assert shown(opened, ".filters button") == []
    assert shown(opened, ".filters input") == []
    opened.send("Emulation.setEmulatedMedia", media="")
    assert opened.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["口号.html", "汇总.html"])
def test_without_script_everything_is_readable(tab: browser.Browser, folder: Path, name: str) -> None:
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open("about:blank")
        tab.open(folder / name)
        assert len(shown(tab, ".legend li")) == 4
        assert shown(tab, ".filters input, .filters button, .phrases thead button") == []
        assert len(shown(tab, ".item, .phrases tbody tr")) == 4
    finally:
        tab.send("Emulation.setScriptExecutionDisabled", value=False)
