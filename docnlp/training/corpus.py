"""A corpus as a whole: whether it follows the guide, what is in it, how varied it is, and as JSON lines."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from statistics import median
from typing import Any, cast

from docnlp.analysis.base import SECTION_NAMES, SECTIONS, Genre, GenreLabel
from docnlp.fixing import system_reason
from docnlp.rules.sec import required_sections
from docnlp.training.markup import CorpusDocument, GoldBlock, Reading, read_markup

#: Characters of a shingle.
SHINGLE = 8

#: How much of a document's shingles another one may hold: half of the documents at most this, each at most that.
MEDIAN_BAR = 0.10
MAXIMUM_BAR = 0.35

#: A first sentence behind a number is a heading up to this many characters; longer ones are for people to judge.
SHORT = 20

_NUMBER = re.compile(
    r"(?:(?P<l1>[一二三四五六七八九十]+、)|(?P<l2>[（(][一二三四五六七八九十]+[）)])|(?P<l3>\d{1,2}[.．、](?!\d))|(?P<l4>[（(]\d{1,2}[）)]))\s*"
)
_FIRST = re.compile(r"[^。！？；]*。(?=[^。”’）》\s])")
_QUALITIES = ("clean", "faulty")
_HAN = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]+")
_TITLES = re.compile(r"《[^《》]*》")


@dataclass(frozen=True)
class Problem:
    """Something a person should look at.

    Attributes:
        path: The file.
        line: Its line, counted from 1.
        message: What is wrong, in Chinese, without a final full stop.
        hint: Whether it may also be meant so.
    """

    path: str
    line: int
    message: str
    hint: bool = False


@dataclass(frozen=True)
class Validation:
    """What `validate` found: files read, files or folders that cannot be read with the reason, problems in order."""

    files: int
    unreadable: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many problems are no hints."""
        return sum(not p.hint for p in self.problems)


def validate(paths: Iterable[Path]) -> Validation:
    """Check files against the markup and the guide; one that cannot be read does not keep the others from it.

    Args:
        paths: Folders, looked through for `*.txt`, and files.
    """
    unreadable: list[tuple[str, str]] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    files = _files(paths, unreadable)
    read = 0
    for path in files:
        name = path.as_posix()
        try:
            source = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            unreadable.append((name, "不是 UTF-8 编码的文本，请另存为 UTF-8"))
            continue
        except OSError as error:
            unreadable.append((name, f"读不了（{system_reason(error)}）"))
            continue
        read += 1
        reading = read_markup(source, name)
        found = list(check(reading, name))
        if reading.document is not None:
            ident = reading.document.meta["id"]
            if ident in seen:
                found.append(Problem(name, reading.keys["id"], f"id“{ident}”已经用在 {seen[ident]}"))
            seen.setdefault(ident, name)
        problems += sorted(found, key=lambda p: p.line)
    return Validation(read, tuple(unreadable), tuple(problems))


def _files(paths: Iterable[Path], unreadable: list[tuple[str, str]]) -> list[Path]:
    found: dict[Path, Path] = {}
    for path in paths:
        inside = sorted(path.rglob("*.txt")) if path.is_dir() else [path] if path.exists() else []
        if not inside:
            unreadable.append(
                (path.as_posix(), "文件夹里没有语料（.txt 文件）" if path.is_dir() else "没有这个文件或文件夹")
            )
        for file in inside:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def check(reading: Reading, path: str) -> Iterator[Problem]:
    """What is wrong with one file: the markup, or where that is right, the annotation.

    Args:
        reading: What the file holds.
        path: The file; its name and folder must agree with the front matter.
    """
    document = reading.document
    if document is None:
        for error in reading.errors:
            advice = f"。{error.advice}" if error.advice else ""
            yield Problem(path, int(error.where.rpartition(":")[2]), error.reason + advice)
        return
    yield from _front_matter(document, reading, path)
    yield from _missing(document, reading, path)
    for block, line in zip(document.blocks, reading.lines, strict=True):
        for message in _heading(block, document.text[block.start : block.end]):
            yield Problem(path, line, message)
    yield from _marks(document, reading, path)


def _front_matter(document: CorpusDocument, reading: Reading, path: str) -> Iterator[Problem]:
    place = PurePath(path)
    meta, keys = document.meta, reading.keys
    if meta["id"] != place.stem:
        yield Problem(path, keys["id"], f"id“{meta['id']}”和文件名“{place.stem}”不一致")
    if meta["group"] != place.parent.name and place.parent.name:
        yield Problem(path, keys["group"], f"group“{meta['group']}”和文件夹“{place.parent.name}”不一致")
    if (quality := meta.get("quality")) is not None and quality not in _QUALITIES:
        yield Problem(path, keys["quality"], f"quality“{quality}”应是 {'或 '.join(_QUALITIES)}")
    if quality == "faulty" and not document.faults and not document.missing:
        yield Problem(path, keys["quality"], "写着 faulty，却没有标差错，也没有缺的部分", hint=True)


def _missing(document: CorpusDocument, reading: Reading, path: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for block, line in zip(document.blocks, reading.lines, strict=True):
        first.setdefault(block.section, line)
    for section in document.missing:
        if section in first:
            yield Problem(path, reading.keys["missing"], f"missing 里有“{section}”，可是第 {first[section]} 行就标着它")
    for index, part in enumerate(document.parts):
        own = {b.section for b in document.blocks if b.part == index}
        required = required_sections(GenreLabel(cast("Genre", part.genre), part.subgenre, 1.0), {})
        lacking = [s for s in required if s not in own and s not in document.missing]
        if lacking:
            names = "、".join(f"{s}（{SECTION_NAMES[s]}）" for s in lacking)
            message = f"{part.subgenre}通常要有 {names}，没有这样的块，missing 里也没有写"
            yield Problem(path, reading.lines[part.first], message, hint=True)


def _heading(block: GoldBlock, text: str) -> Iterator[str]:
    """What contradicts the guide in a heading, or in a body block that begins with one."""
    if block.kind not in ("heading", "body"):
        return
    number = _NUMBER.match(text)
    after = number.end() if number else 0
    first = _FIRST.match(text, after)
    if block.kind == "heading":
        level = int(cast("str", number.lastgroup)[1]) if number else None
        if number and level != block.level:
            yield f"“{number[0].strip()}”是 {level} 级标题的序号，标签写的是 /{block.level}"
        if first:
            yield f"标题“{first[0]}”后面还有正文，请另起一行标 [+{block.section}]"
    elif number and first and first.end() - after <= SHORT and not _NUMBER.match(text, first.end()):
        yield f"“{text[: first.end()]}”是段首标题：标成 [{block.section}/级]，后面的正文另起一行标 [+{block.section}]"


def _marks(document: CorpusDocument, reading: Reading, path: str) -> Iterator[Problem]:
    def line(start: int) -> int:
        return next(n for b, n in zip(document.blocks, reading.lines, strict=True) if start <= b.end)

    text, end = document.text, -1
    for slogan in document.slogans:
        words = text[slogan.start : slogan.end]
        if not words.strip():
            yield Problem(path, line(slogan.start), "口号标记里没有文字")
        elif slogan.start < end:
            yield Problem(path, line(slogan.start), f"口号“{words}”在另一条口号里面，只标外面的一条")
        end = max(end, slogan.end)
    for fault in document.faults:
        words = text[fault.start : fault.end]
        if words == fault.cure:
            yield Problem(path, line(fault.start), f"差错“{words}”改前改后一样")
        elif document.meta.get("quality") == "clean":
            yield Problem(path, line(fault.start), f"写着 clean 的文件里标了差错“{words}”")


# --- what is in it ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Likeness:
    """How much of one document's shingles the nearest other document holds."""

    document: str
    nearest: str
    share: float


@dataclass
class Statistics:
    """Numbers of a corpus.

    Attributes:
        documents, characters: How many; characters as in the text view, line ends included.
        counts: For `genre`, `subgenre`, `group`, `year`, `unit`, `quality` and, where given, `layout`: value to documents.
        parts: Documents, counting each of those that share a file.
        faulty: Documents with fault marks, or that say they are faulty.
        faults: Family to marks.
        slogans: Type to marks.
        sections: Section to the share of characters.
        likeness: For each document its nearest, the most alike first.
    """

    documents: int = 0
    characters: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    parts: int = 0
    faulty: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    slogans: Counter[str] = field(default_factory=Counter)
    sections: dict[str, float] = field(default_factory=dict)
    likeness: list[Likeness] = field(default_factory=list)

    @property
    def density(self) -> float:
        """Slogans in a thousand characters."""
        return 1000 * sum(self.slogans.values()) / self.characters if self.characters else 0.0

    @property
    def median(self) -> float:
        """Median of the likeness."""
        return median(x.share for x in self.likeness) if self.likeness else 0.0

    @property
    def percentile95(self) -> float:
        """The likeness that 95 of 100 documents do not exceed."""
        return self.likeness[int(len(self.likeness) * 0.05)].share if self.likeness else 0.0

    @property
    def maximum(self) -> Likeness | None:
        """The document most like another."""
        return self.likeness[0] if self.likeness else None

    @property
    def varied(self) -> bool:
        """Whether both bars are met."""
        return self.maximum is None or (self.median <= MEDIAN_BAR and self.maximum.share <= MAXIMUM_BAR)


def statistics(corpus: Sequence[CorpusDocument]) -> Statistics:
    """Count a corpus and measure its variety."""
    out = Statistics(documents=len(corpus))
    sizes: Counter[str] = Counter()
    for document in corpus:
        meta = document.meta
        out.characters += len(document.text)
        out.parts += len(document.parts)
        for key in ("genre", "subgenre", "group", "unit", "quality", "layout"):
            if meta.get(key):
                out.counts[key][meta[key]] += 1
        out.counts["year"][meta["date"][:4]] += 1
        out.faulty += bool(document.faults) or meta.get("quality") == "faulty"
        out.faults.update(f.family for f in document.faults)
        out.slogans.update(s.type for s in document.slogans)
        for block in document.blocks:
            sizes[block.section] += block.end - block.start
    total = sizes.total() or 1
    out.sections = {s: sizes[s] / total for s in SECTIONS if sizes[s]}
    out.likeness = likeness(corpus)
    return out


def shingles(document: CorpusDocument) -> frozenset[str]:
    """Runs of eight Han characters of each block, outside policy slogans and outside 《》; other characters drop out."""
    text = list(document.text)
    for slogan in document.slogans:
        if slogan.type == "policy":
            text[slogan.start : slogan.end] = "\n" * (slogan.end - slogan.start)
    for m in _TITLES.finditer(document.text):
        text[m.start() : m.end()] = "\n" * (m.end() - m.start())
    whole = "".join(text)
    found: set[str] = set()
    for block in document.blocks:
        for piece in whole[block.start : block.end].split("\n"):
            run = _HAN.sub("", piece)
            found.update(run[i : i + SHINGLE] for i in range(len(run) - SHINGLE + 1))
    return frozenset(found)


def likeness(corpus: Sequence[CorpusDocument]) -> list[Likeness]:
    """For each document the one that holds most of its shingles, the most alike first.

    Documents without a shingle and corpora of one document have none.
    """
    sets = [shingles(d) for d in corpus]
    holders: dict[str, list[int]] = defaultdict(list)
    for i, own in enumerate(sets):
        for shingle in own:
            holders[shingle].append(i)
    out = []
    for i, own in enumerate(sets):
        if not own or len(sets) < 2:
            continue
        shared = Counter(j for shingle in own for j in holders[shingle] if j != i)
        other, count = max(shared.items(), key=lambda x: (x[1], -x[0]), default=((i + 1) % len(sets), 0))
        out.append(Likeness(corpus[i].meta["id"], corpus[other].meta["id"], count / len(own)))
    return sorted(out, key=lambda x: (-x.share, x.document))


# --- for other programs ----------------------------------------------------------------------------------------------


def to_dict(document: CorpusDocument) -> dict[str, Any]:
    """A document as one object; offsets count in `text`."""
    return {
        "id": document.meta["id"],
        "text": document.text,
        "blocks": [
            {"start": b.start, "end": b.end, "kind": b.kind, "level": b.level, "section": b.section, "part": b.part}
            for b in document.blocks
        ],
        "slogans": [{"start": s.start, "end": s.end, "type": s.type} for s in document.slogans],
        "faults": [{"start": f.start, "end": f.end, "family": f.family, "cure": f.cure} for f in document.faults],
        "parts": [{"first": p.first, "genre": p.genre, "subgenre": p.subgenre} for p in document.parts],
        "missing": list(document.missing),
        "meta": document.meta,
    }


def to_jsonl(corpus: Iterable[CorpusDocument]) -> str:
    """One document a line."""
    return "".join(json.dumps(to_dict(d), ensure_ascii=False) + "\n" for d in corpus)
