"""The HTML page in a real browser: the script runs, filters, jumps, switches files; nothing is refused or thrown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from reports_helpers import PLAN, analysis_of, file_report, finding, plan_file, report_of

from docnlp.checker import FileReport
from docnlp.reports.as_html import render

pytestmark = pytest.mark.skipif(bool(browser.missing()), reason=browser.missing() or "a browser is here")

HOSTILE = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    with browser.Browser(tmp_path_factory.mktemp("profile")) as b:
        yield b


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    a = analysis_of(f"春节活动通知\n各社区:请认真组织。{HOSTILE}\n", f"通知/{HOSTILE}.md")
    second = file_report(a, [finding(a, ":", message=HOSTILE, suggestions=("：",), safe=True)], genre="notice", subgenre="通知")
    path = tmp_path_factory.mktemp("html") / "结果 一.html"
    report = report_of(plan_file(), second, FileReport(HOSTILE, error=HOSTILE))
    path.write_text(render(report), encoding="utf-8")
    return path


@pytest.fixture
def opened(tab: browser.Browser, page: Path) -> Iterator[browser.Browser]:
    tab.size(1280, 900)
    tab.open("about:blank")
    tab.open(page)
    tab.evaluate("window.matchMedia = (q) => ({matches: q.includes('reduced-motion') || q.includes('60.01rem')})")
    yield tab
    assert tab.complaints() == []
    assert tab.evaluate("window.broken") is None


def click(tab: browser.Browser, selector: str) -> None:
    tab.evaluate(f"document.querySelector({selector!r}).click()")


def count(tab: browser.Browser, script: str) -> int:
    return int(tab.evaluate(f"Array.from({script}).length"))


def visible_items(tab: browser.Browser) -> int:
    return count(tab, "Array.from(document.querySelectorAll('.file:not([hidden]) .item')).filter((i) => !i.hidden)")


def test_the_script_ran_and_shows_one_file(opened: browser.Browser) -> None:
    assert opened.evaluate("document.documentElement.classList.contains('scripted')") is True
    assert opened.evaluate("getComputedStyle(document.querySelector('.filters')).display") == "flex"
    assert opened.evaluate("document.querySelector('.shown').textContent") == "显示 17／17 处"
    assert count(opened, "document.querySelectorAll('.file:not([hidden])')") == 1
    text = opened.evaluate("Array.from(document.querySelectorAll('#file-0 .line')).map((l) => l.textContent).join('\\n')")
    assert text + "\n" == PLAN


def test_filters_hide_in_the_list_and_in_the_text(opened: browser.Browser) -> None:
    click(opened, "input[value=PUN]")
    assert visible_items(opened) == 9
    assert opened.evaluate("document.querySelector('.shown').textContent") == "显示 9／17 处"
    assert count(opened, "document.querySelectorAll('#file-0 .fam-PUN:not(.off)')") == 0
    assert opened.evaluate("document.querySelector('#file-0 .fold').hidden") is True
    click(opened, "input[value=PUN]")
    assert visible_items(opened) == 17
    click(opened, "input[value=error]")
    assert visible_items(opened) == 11
    click(opened, "input[value=warning]")
    click(opened, "input[value=info]")
    assert visible_items(opened) == 0
    assert opened.evaluate("document.querySelector('#file-0 .nothing').hidden") is False


def test_a_nested_mark_takes_the_colour_and_the_link_of_what_is_left(opened: browser.Browser) -> None:
    nested = "#file-0 .mark.fam-POL.fam-RES"
    assert "sev-error" in opened.evaluate(f"document.querySelector('{nested}').className")
    inner = opened.evaluate(f"document.querySelector('{nested}').getAttribute('href')")
    click(opened, "input[value=RES]")
    assert "sev-warning" in opened.evaluate(f"document.querySelector('{nested}').className")
    click(opened, "input[value=RES]")
    click(opened, "input[value=POL]")
    assert "sev-error" in opened.evaluate(f"document.querySelector('{nested}').className")
    assert opened.evaluate(f"document.querySelector('{nested}').getAttribute('href')") != inner
    click(opened, "input[value=RES]")
    assert "off" in opened.evaluate(f"document.querySelector('{nested}').className")
    assert opened.evaluate(f"document.querySelector('{nested}').tabIndex") == -1


def test_jumping_from_the_list_to_the_text_and_back(opened: browser.Browser) -> None:
    opened.size(1280, 300)
    place = opened.evaluate("document.querySelector('#file-0 .list > .items > .item:last-child .place').getAttribute('href')")
    click(opened, f"a.place[href='{place}']")
    assert opened.evaluate("document.activeElement.id") == place[1:]
    assert opened.evaluate("document.querySelector('.mark.here').textContent") == "2026年2月30日"
    inside = "(r) => r.top >= 0 && r.bottom <= innerHeight"
    assert opened.evaluate(f"({inside})(document.activeElement.getBoundingClientRect())") is True
    click(opened, place)
    assert opened.evaluate("document.activeElement.id") == place[1:].replace("m-", "f-")
    assert opened.evaluate("document.querySelector('.item.here').id") == place[1:].replace("m-", "f-")


def test_a_mark_opens_the_fold_that_holds_its_finding(opened: browser.Browser) -> None:
    assert opened.evaluate("document.querySelector('#file-0 details').open") is False
    folded = opened.evaluate("document.querySelector('#file-0 details .item:last-child').id")
    click(opened, f".mark[data-items='{folded}']")
    assert opened.evaluate("document.querySelector('#file-0 details').open") is True
    assert opened.evaluate("document.activeElement.id") == folded


def test_the_keyboard_is_enough(opened: browser.Browser) -> None:
    opened.key("j")
    assert opened.evaluate("document.querySelector('.item.here').id") == "f-0-0"
    for _ in range(2):
        opened.key("j")
    assert opened.evaluate("document.querySelector('.item.here').id") == "f-0-2"
    assert opened.evaluate("document.activeElement.id") == "m-0-2"
    opened.key("Enter")  # the mark is a link
    assert opened.evaluate("document.activeElement.id") == "f-0-2"
    opened.key("k")
    assert opened.evaluate("document.querySelector('.item.here').id") == "f-0-1"
    opened.evaluate("document.querySelector('input[value=SEC]').focus()")
    opened.key(" ")
    assert visible_items(opened) == 15
    click(opened, "[data-step='1']")
    assert opened.evaluate("document.querySelector('.item.here').id") == "f-0-2"


def test_files_are_switched_and_counted(opened: browser.Browser) -> None:
    click(opened, ".files a[href='#file-1']")
    assert opened.evaluate("document.querySelector('.file:not([hidden])').id") == "file-1"
    assert opened.evaluate("document.querySelector('.files a[aria-current]').getAttribute('href')") == "#file-1"
    assert opened.evaluate("document.querySelector('.shown').textContent") == "显示 1／1 处"
    assert opened.evaluate("document.querySelector('input[value=PUN]').parentElement.querySelector('.count').textContent") == "1"
    assert opened.evaluate("document.querySelector('input[value=RES]').parentElement.querySelector('.count').textContent") == "0"


def test_an_address_with_a_finding_opens_its_file(tab: browser.Browser, page: Path) -> None:
    tab.open("about:blank")
    tab.open(page.as_uri() + "#m-1-0")
    assert tab.evaluate("document.querySelector('.file:not([hidden])').id") == "file-1"
    assert tab.evaluate("document.querySelector('.mark.here').textContent") == ":"


def test_dark_light_and_the_switch(opened: browser.Browser) -> None:
    opened.open("about:blank")
    back = "getComputedStyle(document.querySelector('.text')).backgroundColor"
    opened.dark(False)
    opened.send("Page.navigateToHistoryEntry", entryId=opened.send("Page.getNavigationHistory")["entries"][-2]["id"])
    while opened.evaluate("document.readyState + (document.querySelector('.text') ? '!' : '')") != "complete!":
        pass
    light = opened.evaluate(back)
    opened.dark(True)
    dark = opened.evaluate(back)
    assert light != dark
    click(opened, "[data-theme-switch]")
    assert opened.evaluate(back) == light
    click(opened, "[data-theme-switch]")
    assert opened.evaluate(back) == dark
    opened.dark(False)


@pytest.mark.parametrize("width", [320, 600, 960, 1600])
def test_nothing_sticks_out_on_any_screen(opened: browser.Browser, width: int) -> None:
    opened.size(width, 800)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_all_files_are_printed(opened: browser.Browser) -> None:
    opened.send("Emulation.setEmulatedMedia", media="print")
    shown = count(opened, "Array.from(document.querySelectorAll('.file')).filter((f) => getComputedStyle(f).display !== 'none')")
    assert shown == 2
    assert opened.evaluate("getComputedStyle(document.querySelector('.filters')).display") == "none"
    opened.send("Emulation.setEmulatedMedia", media="")
    assert opened.pdf().startswith(b"%PDF")


def test_without_script_everything_is_readable(tab: browser.Browser, page: Path) -> None:
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open("about:blank")
        tab.open(page)
        assert count(tab, "Array.from(document.querySelectorAll('.file')).filter((f) => f.offsetHeight > 0)") == 2
        assert tab.evaluate("getComputedStyle(document.querySelector('.filters')).display") == "none"
    finally:
        tab.send("Emulation.setScriptExecutionDisabled", value=False)
