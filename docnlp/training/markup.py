"""The plain-text markup of the corpus: one block a line, slogans and faults marked in place.

A document looks like this::

    ---
    id: a-001
    genre: plan
    subgenre: 工作方案
    unit: 税务局
    date: 2016-03-20
    group: a
    ---
    [title] 清溪县税务局文明单位创建工作方案
    [preamble] 为巩固创建成果，制定本方案。
    [tasks/1] 一、主要任务
    [tasks/2] （一）开展学雷锋活动。
    [+tasks] 弘扬{P:奉献、友爱、互助}精神，由{!POL:国土资源局=>自然资源局}牵头。
    [date] 2016年3月20日

`[label]` opens a block: a section for body text, `section/level` for a heading, or `title`, `addressee`, `signature`,
`date`, `attachment` for the frame. `[+label]` goes on in the paragraph of the block before. `@part genre subgenre`
opens a further document of the same file. `{N:…}` numeric, `{C:…}` campaign, `{P:…}` parallel, `{G:…}` policy mark
slogans; `{!FAM:wrong=>right}` marks a deliberate fault with its family and cure. Blank lines and lines that begin with
`%` are ignored. Signs that are text and no mark have a backslash in front: `\\{`, `\\}`, `\\=>`, `\\\\`; a line break
inside a block is `\\n`. In front of anything else a backslash is itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from docnlp.analysis.base import GENRES, SECTIONS, SloganType
from docnlp.errors import DocnlpError

_SLOGAN_TYPES: dict[str, SloganType] = {"N": "numeric", "C": "campaign", "P": "parallel", "G": "policy"}
_FRAME = ("title", "addressee", "signature", "date", "attachment")
_LABEL = re.compile(r"\[(\+?)([a-z_]+)(?:/([1-4]))?\] ?")
_FAMILIES = ("SEC", "POL", "NUM", "PUN", "DIG", "RES", "TYP", "CON", "STY")
_KEYS = ("id", "genre", "subgenre", "unit", "date", "group")

#: What a backslash and this character stand for.
_ESCAPES = {"\\": "\\", "{": "{", "}": "}", "=": "=", "n": "\n"}
_ESCAPE = re.compile(r"\\([\\{}=n])")
_CURE = re.compile(r"((?:\\[\\{}=n]|[^\\}]|\\(?![\\{}=n]))*)\}")
_LITERAL = re.compile(r"[\\{}\n]|=(?=>)")


class MarkupError(DocnlpError):
    """A corpus file that does not follow the markup; `where` names file and line."""


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A block as annotated: [start, end) of the text, kind, level of a heading, section, index of its part."""

    start: int
    end: int
    kind: str
    level: int | None
    section: str
    part: int


@dataclass(frozen=True, slots=True)
class GoldSlogan:
    """A slogan as annotated."""

    start: int
    end: int
    type: SloganType


@dataclass(frozen=True, slots=True)
class GoldFault:
    """A deliberate fault: [start, end) of the wrong text, family, and what it should be (may be empty)."""

    start: int
    end: int
    family: str
    cure: str


@dataclass(frozen=True, slots=True)
class GoldPart:
    """One document of the file: the index of its first block, genre and subgenre."""

    first: int
    genre: str
    subgenre: str


@dataclass(frozen=True)
class CorpusDocument:
    """One annotated document.

    Attributes:
        meta: Front matter.
        text: The text view as a reader would give it.
        blocks, slogans, faults, parts: Annotations with offsets in `text`.
        path: The file.
        missing: Sections that the kind should have and the document has not.
    """

    meta: dict[str, str]
    text: str
    blocks: tuple[GoldBlock, ...]
    slogans: tuple[GoldSlogan, ...]
    faults: tuple[GoldFault, ...]
    parts: tuple[GoldPart, ...]
    path: str = ""
    missing: tuple[str, ...] = field(default=())

    @property
    def date(self) -> date:
        """Date of the document."""
        return date.fromisoformat(self.meta["date"])


@dataclass(frozen=True)
class Reading:
    """What a reader made of one file.

    Attributes:
        document: The document; None where there are errors.
        errors: Everything that is wrong, in the order of the lines.
        lines: For each block the line of the file it stands in.
        keys: For each key of the front matter the line of the file it stands in.
    """

    document: CorpusDocument | None
    errors: tuple[MarkupError, ...]
    lines: tuple[int, ...] = ()
    keys: Mapping[str, int] = field(default_factory=dict)


def read_markup(source: str, path: str = "") -> Reading:
    """Read one annotated document to its end, whatever is wrong with it.

    Args:
        source: The markup.
        path: File name for error messages.
    """
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    errors: list[MarkupError] = []
    try:
        meta, keys, at = _front_matter(lines, path, errors)
    except MarkupError as error:
        return Reading(None, (*errors, error))
    builder = _Builder(path)
    builder.parts.append(GoldPart(0, meta.get("genre", ""), meta.get("subgenre", "")))
    places: list[int] = []
    opened = 0  # line of an @part that has no block yet
    for number, line in enumerate(lines[at:], at + 1):
        if not line.strip() or line.startswith("%"):
            continue
        try:
            if line.startswith("@part "):
                words = line.split()
                if len(words) != 3 or words[1] not in GENRES:
                    raise MarkupError("@part 后面要写文种和名称", "例如 @part plan 工作方案", f"{path}:{number}")
                if builder.parts[-1].first == len(builder.blocks):
                    raise MarkupError("@part 前面还没有块", "第一份公文的文种写在基本信息里", f"{path}:{number}")
                builder.parts.append(GoldPart(len(builder.blocks), words[1], words[2]))
                opened = number
                continue
            builder.block(line, number)
        except MarkupError as error:
            errors.append(error)
            continue
        places.append(number)
        opened = 0
    if opened:
        errors.append(MarkupError("@part 后面没有块", "请删去这一行，或者补上这份公文", f"{path}:{opened}"))
    if not builder.blocks and not errors:
        errors.append(MarkupError("只有基本信息，没有正文", "每个块占一行，例如 [title] 工作方案", f"{path}:{at}"))
    missing = tuple(m.strip() for m in meta.get("missing", "").split(",") if m.strip())
    for m in missing:
        if m not in SECTIONS or m == "frame":
            where = f"{path}:{keys['missing']}"
            errors.append(MarkupError(f"missing 里的“{m}”不是部分的名称", "可用的名称见 corpora/README.md", where))
    if errors:
        return Reading(None, tuple(sorted(errors, key=_line_of)), tuple(places), keys)
    document = CorpusDocument(
        meta, "".join(builder.out), tuple(builder.blocks), tuple(sorted(builder.slogans, key=lambda s: (s.start, s.end))),
        tuple(builder.faults), tuple(builder.parts), path, missing,
    )  # fmt: skip
    return Reading(document, (), tuple(places), keys)


def parse_markup(source: str, path: str = "") -> CorpusDocument:
    """Read one annotated document.

    Args:
        source: The markup.
        path: File name for error messages.

    Raises:
        MarkupError: With file, line and what is wrong; the first thing where there are several.
    """
    reading = read_markup(source, path)
    if reading.document is None:
        raise reading.errors[0]
    return reading.document


def load_folder(folder: Path) -> list[CorpusDocument]:
    """Every `*.txt` below a folder, sorted by path.

    Raises:
        MarkupError: A file does not follow the markup.
    """
    return [load_file(p) for p in sorted(folder.rglob("*.txt"))]


def load_file(path: Path) -> CorpusDocument:
    """One annotated document.

    Raises:
        MarkupError: It does not follow the markup, or cannot be read.
    """
    try:
        return parse_markup(path.read_text(encoding="utf-8"), path.as_posix())
    except UnicodeDecodeError:
        raise MarkupError("不是 UTF-8 编码的文本", "请另存为 UTF-8", path.as_posix()) from None
    except OSError as error:
        raise MarkupError(f"读不了（{error.strerror or error}）", "请核对权限", path.as_posix()) from None


def load_corpus(folders: Iterable[Path]) -> list[CorpusDocument]:
    """The documents of several folders, each file once.

    Args:
        folders: Corpus folders, in the order that counts.

    Raises:
        MarkupError: A folder is missing or holds no document, or a file does not follow the markup.
    """
    files: dict[Path, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise MarkupError("没有这个语料文件夹", "请核对路径", str(folder))
        found = sorted(folder.rglob("*.txt"))
        if not found:
            raise MarkupError("文件夹里没有语料（.txt 文件）", "语料的写法见 corpora/README.md", str(folder))
        for path in found:
            files.setdefault(path.resolve(), path)
    return [load_file(path) for path in files.values()]


def _line_of(error: MarkupError) -> int:
    return int(error.where.rpartition(":")[2])


def _front_matter(lines: list[str], path: str, errors: list[MarkupError]) -> tuple[dict[str, str], dict[str, int], int]:
    """Keys with their values, keys with their lines, and the number of lines read; adds to `errors`.

    Raises:
        MarkupError: There is no front matter to read.
    """
    if lines[0].strip() != "---":
        raise MarkupError("第一行应是 ---", "前面几行写文件的基本信息", f"{path}:1")
    meta: dict[str, str] = {}
    keys: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            break
        key, colon, value = (x.strip() for x in line.partition(":"))
        if not colon:
            errors.append(MarkupError(f"“{line}”不是“键: 值”", "例如 unit: 税务局", f"{path}:{number}"))
        elif key in meta:
            errors.append(MarkupError(f"“{key}”写了两次", "", f"{path}:{number}"))
        else:
            meta[key], keys[key] = value, number
    else:
        raise MarkupError("基本信息没有以 --- 结束", "", f"{path}:1")
    errors += [MarkupError(f"缺“{key}”", "", f"{path}:{keys.get(key, 1)}") for key in _KEYS if not meta.get(key)]
    if meta.get("genre") and meta["genre"] not in GENRES:
        errors.append(MarkupError(f"没有“{meta['genre']}”这个文种", "可用：" + "、".join(GENRES), f"{path}:{keys['genre']}"))
    if meta.get("date") and not _is_date(meta["date"]):
        errors.append(MarkupError(f"日期“{meta['date']}”应写成 2016-03-20 的样子", "", f"{path}:{keys['date']}"))
    return meta, keys, number


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class _Builder:
    def __init__(self, path: str) -> None:
        self.path = path
        self.out: list[str] = []
        self.length = 0
        self.blocks: list[GoldBlock] = []
        self.slogans: list[GoldSlogan] = []
        self.faults: list[GoldFault] = []
        self.parts: list[GoldPart] = []

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)

    def block(self, line: str, number: int) -> None:
        where = f"{self.path}:{number}"
        m = _LABEL.match(line)
        if m is None:
            raise MarkupError("这一行没有以 [标签] 开头", "例如 [tasks] 或 [tasks/1]", where)
        plus, label, level = m[1], m[2], m[3]
        if (label not in SECTIONS and label not in _FRAME) or label == "frame":
            raise MarkupError(f"没有“{label}”这个标签", "可用的标签见 corpora/README.md", where)
        if level and label in _FRAME:
            raise MarkupError(f"“{label}”不分级", "", where)
        if plus and not self.blocks:
            raise MarkupError("第一块前面没有可以接的段落", "去掉方括号里的 +", where)
        if self.blocks and not plus:
            self._put("\n")
        start, first = self.length, len(self.out)
        self._inline(line[m.end() :], where)
        text = "".join(self.out[first:])
        left = len(text) - len(text.lstrip())
        right = len(text.rstrip())
        if right <= left:
            raise MarkupError("这一行只有标签没有文字", "", where)
        kind = label if label in _FRAME else "heading" if level else "body"
        section = "frame" if label in _FRAME else label
        self.blocks.append(GoldBlock(start + left, start + right, kind, int(level) if level else None, section, len(self.parts) - 1))

    def _inline(self, text: str, where: str) -> None:
        i = 0
        stack: list[tuple[str, int]] = []  # what is open, and where it began
        while i < len(text):
            c = text[i]
            if c == "\\" and (literal := _ESCAPES.get(text[i + 1 : i + 2])):
                self._put(literal)
                i += 2
                continue
            if c == "{":
                if text[i + 1 : i + 2] == "!" and text[i + 5 : i + 6] == ":" and text[i + 2 : i + 5] in _FAMILIES:
                    stack.append((text[i + 2 : i + 5], self.length))
                    i += 6
                elif text[i + 1 : i + 2] in _SLOGAN_TYPES and text[i + 2 : i + 3] == ":":
                    stack.append((text[i + 1], self.length))
                    i += 3
                else:
                    raise MarkupError(f"“{text[i : i + 8]}”不是标记", "口号写成 {N:…}、{C:…}、{P:…}、{G:…}，差错写成 {!TYP:错=>对}", where)
                continue
            if stack and len(stack[-1][0]) == 3 and text.startswith("=>", i):
                cure = _CURE.match(text, i + 2)
                if cure is None:
                    raise MarkupError("差错标记没有 }", "", where)
                family, start = stack.pop()
                right = _ESCAPE.sub(lambda m: _ESCAPES[m[1]], cure[1])
                self.faults.append(GoldFault(start, self.length, family, right))
                i = cure.end()
                continue
            if c == "}":
                if not stack or len(stack[-1][0]) == 3:
                    raise MarkupError("多出一个 }，或者差错标记里没有 =>", "", where)
                kind, start = stack.pop()
                self.slogans.append(GoldSlogan(start, self.length, _SLOGAN_TYPES[kind]))
                i += 1
                continue
            self._put(c)
            i += 1
        if stack:
            raise MarkupError("有标记没有合上", "", where)


# --- writing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    """A slogan or a fault to write: its range, and what stands in front of it and behind it."""

    start: int
    end: int
    opening: str
    closing: str


def to_markup(
    document: CorpusDocument, comments: Iterable[str] = (), notes: Mapping[int, Iterable[str]] | None = None
) -> str:
    """A document in the markup; reading it gives the same text and annotations.

    Args:
        document: The document.
        comments: Lines for people, behind the front matter.
        notes: Index of a block to lines for people above it.

    Raises:
        ValueError: The markup cannot say it: a value of the front matter or a comment has a line break, the text has a
            carriage return or words outside the blocks, kind, section and level of a block do not go together, the
            name of a part has a blank, or a mark crosses another one or the border of a line.
    """
    notes = notes or {}
    out = ["---", *_front(document), "---", *_comments(comments)]
    spans = list(_spans(document))
    inside: list[list[_Mark]] = [[] for _ in spans]
    starts = [start for start, _, _ in spans]
    for mark in _marks(document):
        inside[max(bisect_right(starts, mark.start) - 1, 0)].append(mark)
    firsts = {part.first: part for part in document.parts[1:]}
    for i, (block, (start, end, plus), marks) in enumerate(zip(document.blocks, spans, inside, strict=True)):
        if i in firsts:
            if len(firsts[i].subgenre.split()) != 1:
                raise ValueError(f"no name of a part: {firsts[i].subgenre!r}")
            out.append(f"@part {firsts[i].genre} {firsts[i].subgenre}")
        out += _comments(notes.get(i, ()))
        out.append(f"[{plus}{_label(block)}] {_marked(document.text, start, end, marks)}")
    return "\n".join(out) + "\n"


def _front(document: CorpusDocument) -> Iterator[str]:
    meta = document.meta
    if document.missing != tuple(m.strip() for m in meta.get("missing", "").split(",") if m.strip()):
        meta = {**meta, "missing": ", ".join(document.missing)}
    for key, value in meta.items():
        if "\n" in value or "\r" in value or value != value.strip():
            raise ValueError(f"no value for a line: {key}: {value!r}")
        yield f"{key}: {value}".rstrip()


def _label(block: GoldBlock) -> str:
    framed = block.kind in _FRAME
    wanted = ("frame", False) if framed else (block.section, block.kind == "heading")
    known = block.section in SECTIONS and (framed or (block.section != "frame" and block.kind in ("heading", "body")))
    if not known or wanted != (block.section, block.level is not None):
        raise ValueError(f"no label for {block}")
    return block.kind if framed else f"{block.section}/{block.level}" if block.level else block.section


def _comments(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if "\n" in line or "\r" in line:
            raise ValueError(f"no comment for a line: {line!r}")
        yield f"% {line}"


def _spans(document: CorpusDocument) -> Iterator[tuple[int, int, str]]:
    """For each block the range of the text that its line holds, blanks around it included, and whether it goes on."""
    text, blocks = document.text, document.blocks
    if "\r" in text:
        raise ValueError("a carriage return in the text")
    start, plus = 0, ""
    for i, block in enumerate(blocks):
        next_start = blocks[i + 1].start if i + 1 < len(blocks) else len(text)
        gap = text[block.end : next_start]
        words = text[block.start : block.end]
        if text[start : block.start].strip() or gap.strip() or words.strip() != words:
            raise ValueError(f"blocks and words do not agree at {block.start}")
        if i + 1 == len(blocks):
            yield start, len(text), plus
        elif "\n" in gap:
            end = block.end + gap.index("\n")
            yield start, end, plus
            start, plus = end + 1, ""
        else:
            yield start, block.end, plus
            start, plus = block.end, "+"


def _marks(document: CorpusDocument) -> list[_Mark]:
    """Slogans and faults, each in front of those inside it."""
    letters = {kind: letter for letter, kind in _SLOGAN_TYPES.items()}
    marks = [_Mark(s.start, s.end, f"{{{letters[s.type]}:", "}") for s in document.slogans]
    marks += [_Mark(f.start, f.end, f"{{!{f.family}:", f"=>{_escaped(f.cure)}}}") for f in document.faults]
    # Of two with the same range the one that the reader would close last goes first.
    return [mark for _, mark in sorted(enumerate(marks), key=lambda x: (x[1].start, -x[1].end, -x[0]))]


def _marked(text: str, start: int, end: int, marks: Sequence[_Mark]) -> str:
    out: list[str] = []
    open_: list[_Mark] = []
    at = start

    def close_until(place: int) -> None:
        nonlocal at
        while open_ and open_[-1].end <= place:
            mark = open_.pop()
            out.extend((_escaped(text, at, mark.end), mark.closing))
            at = mark.end

    for mark in marks:
        close_until(mark.start)
        if mark.end > (open_[-1].end if open_ else end):
            raise ValueError(f"a mark crosses another one or its line at {mark.start}")
        out.extend((_escaped(text, at, mark.start), mark.opening))
        at = mark.start
        open_.append(mark)
    close_until(end)
    out.append(_escaped(text, at, end))
    return "".join(out)


def _escaped(text: str, start: int = 0, end: int | None = None) -> str:
    """Text with a backslash in front of what would be read as a mark."""
    end = len(text) if end is None else end
    out: list[str] = []
    for m in _LITERAL.finditer(text, start, end):
        out.extend((text[start : m.start()], "\\", "n" if m[0] == "\n" else m[0]))
        start = m.end()
    return "".join((*out, text[start:end]))
