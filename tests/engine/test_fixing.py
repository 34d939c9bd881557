"""Applying fixes: which go in together, what the file looks like afterwards, and that nothing is ever half done."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docnlp.checker
from docnlp.checker import check_source
from docnlp.document.model import Source
from docnlp.errors import FixError
from docnlp.fixing import FixResult, NotPlainTextError, diff, fix_bytes, fix_file, fixed_text, plan, write_atomically
from docnlp.readers import Limits, read_bytes, source_from_text
from docnlp.rules.base import Basis, Context, Edit, Finding, Fix, Hit, Rule, Severity
from docnlp.settings import Settings

TODAY = date(2026, 11, 23)


def finding(
    *edits: tuple[int, int, str], severity: Severity = "warning", safe: bool = True, code: str = "PUN001"
) -> Finding:
    start, end = (edits[0][0], edits[-1][1]) if edits else (0, 1)
    return Finding(
        code, "x", severity, start, end, 1, start + 1, "", "…", edits=tuple(Edit(*e) for e in edits), safe=safe
    )


def rule(
    code: str, pattern: str, replacement: str | None, *, fix: Fix = Fix.SAFE, severity: Severity = "warning"
) -> Rule:
    """A rule that reports a pattern; `replacement` as in `re.sub`."""

    def check(context: Context) -> Iterator[Hit]:
        for m in re.finditer(pattern, context.text):
            yield Hit(m.start(), m.end(), "示例", () if replacement is None else (m.expand(replacement),))

    return Rule(code, code.lower(), "示例", severity, "示例", (Basis("示例"),), check, (), fix)


FULL_WIDTH = rule("PUN801", r",", "，")
DOUBLED = rule("PUN802", r"，{2,}", "，", severity="error")
WRONG_WORD = rule("TYP801", "枳极", "积极", fix=Fix.UNSAFE)
SHOWN = rule("STY801", "大力", "着力", fix=Fix.SHOWN)
BLANK_LINES = rule("FMT801", r"\n{3,}", "\n\n")
THERE = rule("RES801", "甲", "乙")
BACK = rule("RES802", "乙", "甲")


@pytest.fixture
def use_rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def use(*rules: Rule) -> None:
        monkeypatch.setattr(docnlp.checker, "all_rules", lambda: rules)

    return use


def fix(text: str, *, unsafe: bool = False, name: str = "x.txt") -> FixResult:
    return fix_bytes(text.encode(), name, Settings(), TODAY, unsafe=unsafe)


# --- plan ---------------------------------------------------------------------------------------------------------


def test_only_safe_fixes_unless_asked() -> None:
    safe, unsafe, none = finding((0, 1, "a")), finding((2, 3, "b"), safe=False), finding()
    assert plan([unsafe, safe, none]) == [safe]
    assert plan([unsafe, safe, none], unsafe=True) == [safe, unsafe]


def test_the_graver_of_two_that_overlap_goes_in() -> None:
    light, grave = finding((0, 3, "a")), finding((2, 5, "b"), severity="error")
    assert plan([light, grave]) == [grave]


def test_the_earlier_of_two_alike_goes_in() -> None:
    first, second = finding((0, 3, "a")), finding((2, 5, "b"))
    assert plan([second, first]) == [first]


def test_a_fix_goes_in_whole_or_not_at_all() -> None:
    grave, pair = finding((4, 6, "a"), severity="error"), finding((0, 1, "「"), (5, 6, "」"))
    assert plan([grave, pair]) == [grave]


def test_a_fix_whose_own_edits_overlap_is_left_out() -> None:
    assert plan([finding((0, 3, "a"), (2, 4, "b"))]) == []


def test_touching_fixes_go_in_together() -> None:
    found = [finding((0, 2, "a")), finding((2, 2, "b")), finding((2, 4, "c"))]
    assert fixed_text("甲乙丙丁", plan(found)) == "abc"


def test_two_insertions_at_one_place_wait_for_each_other() -> None:
    assert len(plan([finding((2, 2, "a")), finding((2, 2, "b"))])) == 1


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        fixed_text("甲乙丙", [finding((0, 2, "a")), finding((1, 3, "b"))])
    with pytest.raises(ValueError, match="outside"):
        fixed_text("甲", [finding((0, 2, "a"))])


edits = st.tuples(st.integers(0, 20), st.integers(0, 4), st.text("甲乙", max_size=2)).map(
    lambda t: (t[0], t[0] + t[1], t[2])
)
findings = st.builds(
    lambda group, severity, safe: finding(*group, severity=severity, safe=safe),
    st.lists(edits, min_size=1, max_size=3),
    st.sampled_from(["error", "warning", "info"]),
    st.booleans(),
)


@given(st.lists(findings, max_size=12), st.booleans())
def test_planned_edits_never_overlap_and_nothing_more_would_fit(found: list[Finding], unsafe: bool) -> None:
    text = "一二三四五六七八九十" * 3
    chosen = plan(found, unsafe=unsafe)
    spans = sorted((e.start, e.end) for f in chosen for e in f.edits)
    for (a_start, a_end), (b_start, b_end) in pairwise(spans):
        assert a_end <= b_start
        assert (a_start, a_end) != (b_start, b_end)
    fixed_text(text, chosen)
    assert all(f.safe or unsafe for f in chosen)
    # Whatever is left out though it could go in alone clashes with something that went in.
    for f in found:
        if plan([f], unsafe=unsafe) and f not in chosen:
            assert any(
                (e.start < end and start < e.end)
                or start < e.start < end
                or e.start < start < e.end
                or (e.start, e.end) == (start, end)
                for e in f.edits
                for start, end in spans
            )


# --- rounds -------------------------------------------------------------------------------------------------------


def test_fixes_until_nothing_is_left(use_rules: Callable[..., None]) -> None:
    use_rules(FULL_WIDTH, DOUBLED)
    result = fix("团结,,互助,友爱")
    assert result.after == "团结，互助，友爱"
    assert result.data.decode() == result.after
    assert [f.code for f in result.applied] == ["PUN801", "PUN801", "PUN801", "PUN802"]
    assert result.report.findings == ()


def test_unsafe_and_shown_fixes_wait(use_rules: Callable[..., None]) -> None:
    use_rules(WRONG_WORD, SHOWN)
    result = fix("大力弘扬，枳极参与")
    assert not result.changed
    assert result.data.decode() == "大力弘扬，枳极参与"
    assert fix("大力弘扬，枳极参与", unsafe=True).after == "大力弘扬，积极参与"


def test_quarrelling_rules_are_left_out_and_the_others_still_work(use_rules: Callable[..., None]) -> None:
    use_rules(THERE, BACK, FULL_WIDTH)
    result = fix("甲,丙")
    again = fix(result.after)
    assert "," not in result.after
    assert again.after == result.after


def test_a_fix_that_never_ends_is_left_out(use_rules: Callable[..., None]) -> None:
    use_rules(rule("RES803", "啊$", "啊啊"), FULL_WIDTH)
    assert fix("好,啊").after == "好，啊"


def test_fixing_everything_away_is_refused(use_rules: Callable[..., None]) -> None:
    use_rules(rule("RES806", "甲", ""))
    with pytest.raises(FixError, match="没有修改"):
        fix("甲")


def test_a_fix_that_changes_nothing_is_none(use_rules: Callable[..., None]) -> None:
    use_rules(rule("RES804", "好", "好"))
    result = fix("好")
    assert result.applied == ()
    assert len(result.report.findings) == 1


def test_known_findings_are_not_fixed(use_rules: Callable[..., None]) -> None:
    from docnlp.baseline import Baseline

    use_rules(FULL_WIDTH)
    baseline = Baseline.of([check_source(read_bytes("旧,旧".encode(), "x.txt"), Settings(), TODAY)])
    data = "旧,旧\n新,新".encode()
    assert fix_bytes(data, "x.txt", Settings(), TODAY, baseline=baseline).after == "旧,旧\n新，新"


pieces = st.lists(
    st.sampled_from(["团结", ",", "，", "枳极", "\n", "\r\n", "\r", "甲", "。", " ", "𠮷", "大力"]), max_size=30
)


@settings(deadline=None)
@given(pieces.map("".join).filter(str.strip), st.booleans())
def test_fixing_cures_what_it_fixes_and_twice_is_once(text: str, unsafe: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(docnlp.checker, "all_rules", lambda: (FULL_WIDTH, DOUBLED, WRONG_WORD, BLANK_LINES, SHOWN))
        data = text.encode()
        try:
            result = fix_bytes(data, "x.txt", Settings(), TODAY, unsafe=unsafe)
        except FixError:  # only a file that ends its lines in several ways may lose one; then it is left alone
            assert "\r" in text
            assert len({m.group() for m in re.finditer("\r\n?|\n", text)}) > 1
            return
        again = fix_bytes(result.data, "x.txt", Settings(), TODAY, unsafe=unsafe)
        assert again.data == result.data
        assert again.applied == ()
        assert not [f for f in again.report.findings if f.edits and (f.safe or unsafe)]
        assert again.report.findings == result.report.findings
        assert text.count("团结") == result.after.count("团结")


# --- the file -----------------------------------------------------------------------------------------------------

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_mark_and_line_endings_stay(
    tmp_path: Path, use_rules: Callable[..., None], encoding: str, newline: str
) -> None:
    use_rules(FULL_WIDTH)
    before = "县文明委,工作方案\n\n一、团结,互助　建设\n二、志愿服务\n"
    file = tmp_path / "方案.txt"
    file.write_bytes(before.replace("\n", newline).encode(encoding))
    result = fix_file(str(file), Settings(), TODAY)
    assert len(result.applied) == 2
    assert file.read_bytes() == before.replace(",", "，").replace("\n", newline).encode(encoding)


def test_big_endian_stays_big_endian(use_rules: Callable[..., None]) -> None:
    use_rules(FULL_WIDTH)
    mark = b"\xfe\xff"
    data = mark + "县文明委关于团结,互助的工作方案".encode("utf-16-be")
    assert fix_bytes(data, "x.txt", Settings(), TODAY).data == data.replace(b"\x00,", "，".encode("utf-16-be"))


def test_two_byte_order_marks_stay(use_rules: Callable[..., None]) -> None:
    use_rules(FULL_WIDTH)
    data = "\ufeff\ufeff团结,互助".encode()
    assert fix_bytes(data, "x.txt", Settings(), TODAY).data == "\ufeff\ufeff团结，互助".encode()


def test_what_the_encoding_cannot_hold_is_refused(use_rules: Callable[..., None]) -> None:
    use_rules(rule("RES807", "甲", "\ud800"))
    with pytest.raises(FixError, match="U\\+D800）无法用文件原来的编码 utf-8 保存，没有修改"):
        fix("甲")


def test_a_file_that_does_not_come_back_exactly_is_refused(use_rules: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """No reader replaces bytes today; should one, fixing must not make that permanent."""
    use_rules(FULL_WIDTH)

    def lossy(data: bytes, name: str, limits: Limits) -> Source:
        return source_from_text(data.decode("ascii", "replace"), name, encoding="ascii")

    monkeypatch.setattr("docnlp.fixing.read_bytes", lossy)
    with pytest.raises(FixError, match="无法原样写回"):
        fix("团结,互助")


def test_mixed_line_endings_stay_where_they_are(use_rules: Callable[..., None]) -> None:
    use_rules(FULL_WIDTH)
    data = "一,甲\r\n二,乙\n三,丙\r四,丁".encode()
    assert fix_bytes(data, "x.txt", Settings(), TODAY).data == "一，甲\r\n二，乙\n三，丙\r四，丁".encode()


def test_a_new_line_ends_as_the_others(use_rules: Callable[..., None]) -> None:
    use_rules(rule("FMT802", "；(?!\n)", "；\n"))
    assert fix_bytes("甲；乙\r\n".encode(), "x.txt", Settings(), TODAY).data == "甲；\r\n乙\r\n".encode()
    assert fix_bytes("甲；乙\r".encode(), "x.txt", Settings(), TODAY).data == "甲；\r乙\r".encode()
    assert fix_bytes("甲；乙".encode(), "x.txt", Settings(), TODAY).data == "甲；\n乙".encode()


def test_an_edit_across_a_line_ending(use_rules: Callable[..., None]) -> None:
    use_rules(BLANK_LINES)
    assert (
        fix_bytes("甲\r\n\r\n\r\n\r\n乙\r\n".encode(), "x.txt", Settings(), TODAY).data == "甲\r\n\r\n乙\r\n".encode()
    )


def test_line_endings_that_would_run_together_are_left_alone(tmp_path: Path, use_rules: Callable[..., None]) -> None:
    use_rules(rule("RES805", "甲", ""))
    file = tmp_path / "x.txt"
    file.write_bytes("一\r甲\n二".encode())
    with pytest.raises(FixError, match="换行符或编码混杂"):
        fix_file(str(file), Settings(), TODAY)
    assert file.read_bytes() == "一\r甲\n二".encode()


def test_word_files_are_refused(tmp_path: Path, use_rules: Callable[..., None]) -> None:
    docx = pytest.importorskip("docx")
    use_rules(FULL_WIDTH)
    file = tmp_path / "方案.docx"
    document = docx.Document()
    document.add_paragraph("团结,互助")
    document.save(str(file))
    before = file.read_bytes()
    with pytest.raises(NotPlainTextError, match=r"目前只能直接修改 \.txt 和 \.md 文件"):
        fix_file(str(file), Settings(), TODAY)
    assert file.read_bytes() == before


def test_missing_file() -> None:
    with pytest.raises(FixError, match="没有这个文件"):
        fix_file("没有这样的文件.txt", Settings(), TODAY)


def test_nothing_to_fix_leaves_the_file_untouched(tmp_path: Path, use_rules: Callable[..., None]) -> None:
    use_rules(FULL_WIDTH)
    file = tmp_path / "x.txt"
    file.write_bytes("团结，互助".encode())
    os.utime(file, (1, 1))
    assert not fix_file(str(file), Settings(), TODAY).changed
    assert file.stat().st_mtime == 1


def test_the_original_survives_a_failing_write(
    tmp_path: Path, use_rules: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_rules(FULL_WIDTH)
    file = tmp_path / "x.txt"
    file.write_bytes("团结,互助".encode())

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FixError, match="磁盘满了"):
        fix_file(str(file), Settings(), TODAY)
    assert file.read_bytes() == "团结,互助".encode()
    assert list(tmp_path.iterdir()) == [file]


def test_the_original_survives_an_interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(b"old")

    def interrupt(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_in_use_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(b"old")

    def in_use(self: Path, target: Path) -> Path:  # what Windows says while Word has the file open
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(FixError, match=r"x\.txt：写不进去（没有权限），原来的内容没有动。.*Word 或 WPS"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are POSIX")
def test_permissions_stay(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_keeps_pointing_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    file, link = tmp_path / "sub" / "x.txt", tmp_path / "link.txt"
    file.write_bytes(b"old")
    link.symlink_to(file)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_long_names_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / ("关" * 80 + ".txt")  # 244 bytes in UTF-8: there is no room for a longer name beside it
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"


def test_a_device_is_written_not_replaced() -> None:
    write_atomically(os.devnull, b"gone")
    assert not Path(os.devnull).is_file()


# --- diff ---------------------------------------------------------------------------------------------------------


def test_diff_shows_lines_before_and_after(use_rules: Callable[..., None]) -> None:
    use_rules(FULL_WIDTH)
    assert diff(fix("一\n团结,互助\n二\n")) == (
        "--- x.txt（原文）\n+++ x.txt（修改后）\n@@ -1,3 +1,3 @@\n 一\n-团结,互助\n+团结，互助\n 二\n"
    )


def test_diff_of_a_last_line_without_a_break(use_rules: Callable[..., None]) -> None:
    use_rules(FULL_WIDTH)
    lines = diff(fix("团结,互助")).splitlines()
    assert lines[-4:] == ["-团结,互助", "\\ 文件末尾没有换行", "+团结，互助", "\\ 文件末尾没有换行"]


def test_diff_of_nothing_is_empty(use_rules: Callable[..., None]) -> None:
    use_rules(FULL_WIDTH)
    assert diff(fix("团结\n")) == ""


# --- the shipped rules --------------------------------------------------------------------------------------------


def examples() -> list[tuple[str, str, str]]:
    from docnlp.rules import all_rules
    from docnlp.rules.base import Bad
    from docnlp.testing import unmark

    return [(r.code, e.path, unmark(e.text, e.marks)[0]) for r in all_rules() for e in r.examples if isinstance(e, Bad)]


@pytest.mark.parametrize("unsafe", [False, True])
def test_the_shipped_rules_come_to_rest_on_their_own_examples(unsafe: bool) -> None:
    for code, path, text in examples():
        if Path(path).suffix not in (".txt", ".md") or not text.strip():
            continue
        result = fix(text, unsafe=unsafe, name=path)
        left = [f for f in result.report.findings if f.edits and (f.safe or unsafe)]
        assert not left, f"{code} {text!r}: {[(f.code, f.text, f.edits) for f in left]}"
        assert fix(result.after, unsafe=unsafe, name=path).after == result.after
