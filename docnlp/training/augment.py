"""Harder variants of corpus documents, for training and benchmarks; they never count as corpus.

A variant is a document of its own: the blocks, slogans, parts and faults that survive have the right places in the new
text, and what a transform breaks on purpose is marked as a fault with its cure. The document it is made from is never
changed. `TRANSFORMS` names every transform; the same seed gives the same variants.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import TypeAlias, cast

from docnlp.document.model import Marker
from docnlp.document.numbering import marker_at
from docnlp.errors import DocnlpError
from docnlp.text.folding import fold
from docnlp.text.spans import SpanSet
from docnlp.training.markup import CorpusDocument, GoldBlock, GoldFault, GoldPart, GoldSlogan

#: Makes a variant, or None where the document has nothing to make it from.
Transform: TypeAlias = Callable[[CorpusDocument, Random], CorpusDocument | None]

#: Full-width marks and what a web copy makes of them.
_HALF = dict(zip("，：；（）！？", ",:;()!?", strict=True))
_FULL = re.compile("（(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})）|[，：；（）！？]")

#: Words of the field and what a hurried writer, a pinyin keyboard or a scanner makes of them.
_SLIPS: Mapping[str, tuple[str, ...]] = {
    "安排": ("按排",), "按部就班": ("按步就班",), "部署": ("布署",), "参与": ("参予",), "陈旧": ("陈久",),
    "氛围": ("分围", "氛为"), "负责": ("付责",), "覆盖": ("复盖",), "干部": ("千部",), "贯彻": ("惯彻", "贯切"),
    "管理": ("管里",), "规范": ("规犯",), "环境": ("环镜",), "积极": ("积及", "极积"), "即使": ("既使",),
    "检查": ("捡查",), "健全": ("建全",), "教育": ("教肓",), "精神": ("精绅",), "竞赛": ("竟赛",), "考核": ("考刻",),
    "落实": ("落时",), "履行": ("屡行",), "启动": ("起动",), "切实": ("切时",), "群众": ("群从",), "认真": ("任真",),
    "社会": ("杜会",), "深入": ("深人",), "事迹": ("事绩",), "素质": ("素制",), "提高": ("题高",), "统筹": ("统畴",),
    "推进": ("推近",), "未来": ("末来",), "文明": ("文名",), "协调": ("协凋",), "宣传": ("喧传",), "学习": ("学刁",),
    "以身作则": ("以身做则",), "已经": ("己经",), "引导": ("引异",), "营造": ("莹造",), "优秀": ("忧秀",),
    "尤其": ("由其",), "再接再厉": ("再接再励",), "整治": ("整冶",), "职责": ("职则",), "制度": ("制渡",),
    "治理": ("冶理",), "质量": ("质晾",), "主题": ("主提",), "自己": ("自已",), "组织": ("组识",),
}  # fmt: skip
_SLIP = re.compile("|".join(sorted(_SLIPS, key=lambda w: (-len(w), w))))

#: How people black out what others may not know.
_MASKS = ("xx", "XX", "××", "**")
_YEAR = re.compile(r"(?:(?P<digits>20|19)\d\d|(?P<han>二[〇○零]|一九)[〇○零一二三四五六七八九]{2})年")
_PLACE = re.compile(r"(?:中共)?(?!关于|[各全本我该这中市区县省])(?P<place>[\u4e00-\u9fff]{2,3}?)(?P<rank>街道|[县市区镇乡州])")
_COUNT = re.compile(r"(?<![\d.])\d+(?=[名人户场次篇家个])")
_TITLES = re.compile(r"《[^《》]*》")
_WORD = re.compile(r"[0-9A-Za-z]")

#: What stands behind the last chapter and is no chapter.
_TAIL = ("frame", "closing")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of the variant and the range of the document it stands for; with a fault where it is one."""

    start: int
    end: int
    text: str
    fault: tuple[str, str] | None = None


def _compose(
    document: CorpusDocument, pieces: Sequence[_Piece], kind: str, blocks: Sequence[GoldBlock] | None = None
) -> CorpusDocument:
    """The variant that is made of these pieces, with every annotation that survives.

    A block survives with what is left of it; a slogan or a fault only where its words are the same up to folding.

    Args:
        document: The document.
        pieces: In the order of the variant; ranges that no piece stands for are lost.
        kind: Goes behind the identifier.
        blocks: In the place of the document's own, with offsets in its text.
    """
    placed: list[tuple[int, int, int, int, bool]] = []  # range of the document, place in the variant, whether copied
    made: list[GoldFault] = []
    at = 0
    for piece in pieces:
        if piece.start < piece.end:
            copied = piece.text == document.text[piece.start : piece.end]
            placed.append((piece.start, piece.end, at, at + len(piece.text), copied))
        if piece.fault:
            made.append(GoldFault(at, at + len(piece.text), *piece.fault))
        at += len(piece.text)
    text = "".join(piece.text for piece in pieces)
    placed.sort()
    ends = [end for _, end, _, _, _ in placed]

    def moved(start: int, end: int) -> tuple[int, int] | None:
        """Where a range went, from its first to its last surviving character."""
        low, high = len(text), -1
        for i in range(bisect_right(ends, start), len(placed)):
            begin, stop, first, last, copied = placed[i]
            if begin >= end:
                break
            a, b = max(start, begin), min(end, stop)
            if copied:
                low, high = min(low, first + a - begin), max(high, first + b - begin)
            elif (a, b) == (begin, stop) and first < last:
                low, high = min(low, first), max(high, last)
        return (low, high) if low < high else None

    def same(start: int, end: int) -> tuple[int, int] | None:
        """Where a range went whole."""
        place = moved(start, end)
        whole = place is not None and fold(text[place[0] : place[1]]) == fold(document.text[start:end])
        return place if whole else None

    found: list[GoldBlock] = []
    for block in document.blocks if blocks is None else blocks:
        if (place := moved(block.start, block.end)) is None:
            continue
        words = text[place[0] : place[1]]
        if words.strip():
            left = len(words) - len(words.lstrip())
            found.append(replace(block, start=place[0] + left, end=place[0] + len(words.rstrip())))
    found.sort(key=lambda b: b.start)
    slogans = [GoldSlogan(*place, s.type) for s in document.slogans if (place := same(s.start, s.end))]
    faults = [GoldFault(*place, f.family, f.cure) for f in document.faults if (place := same(f.start, f.end))]
    parts, found = _parts(document.parts, found)
    missing = document.missing + _lacking(document, found, parts)
    variant = f"{document.meta.get('variant', '')} {kind}".strip()
    meta = {**document.meta, "id": f"{document.meta['id']}-{kind}", "variant": variant}
    if made or missing != document.missing:
        meta["quality"] = "faulty"
    if parts:
        meta |= {"genre": parts[0].genre, "subgenre": parts[0].subgenre}
    if missing:
        meta["missing"] = ", ".join(missing)
    return replace(
        document,
        meta=meta,
        text=text,
        blocks=tuple(found),
        slogans=tuple(sorted(slogans, key=lambda s: (s.start, s.end))),
        faults=tuple(sorted(faults + made, key=lambda f: (f.end, -f.start))),
        parts=parts,
        missing=missing,
    )


def _parts(parts: Sequence[GoldPart], blocks: Sequence[GoldBlock]) -> tuple[tuple[GoldPart, ...], list[GoldBlock]]:
    """The parts that still have blocks, and the blocks with their new numbers."""
    numbers: dict[int, int] = {}
    kept: list[GoldPart] = []
    for index, block in enumerate(blocks):
        if block.part not in numbers:
            numbers[block.part] = len(kept)
            kept.append(replace(parts[block.part], first=index))
    return tuple(kept), [replace(b, part=numbers[b.part]) for b in blocks]


def _lacking(document: CorpusDocument, blocks: Sequence[GoldBlock], parts: Sequence[GoldPart]) -> tuple[str, ...]:
    """Sections that a document of this kind must have, that it had and has no more."""
    left = {b.section for b in blocks}
    required = [s for part in parts for s in _required(part)]
    had = [b.section for b in document.blocks]
    return tuple(s for s in dict.fromkeys(required) if s in had and s not in left and s not in document.missing)


def _required(part: GoldPart) -> Iterable[str]:
    from docnlp.analysis.base import Genre, GenreLabel
    from docnlp.rules.sec import required_sections

    return required_sections(GenreLabel(cast("Genre", part.genre), part.subgenre, 1.0), {})


def _rewritten(document: CorpusDocument, edits: Iterable[_Piece], kind: str) -> CorpusDocument:
    """The whole document with a few places replaced.

    Args:
        document: The document.
        edits: Not overlapping.
        kind: Goes behind the identifier.
    """
    pieces: list[_Piece] = []
    at = 0
    for edit in sorted(edits, key=lambda e: e.start):
        if at < edit.start:
            pieces.append(_Piece(at, edit.start, document.text[at : edit.start]))
        pieces.append(edit)
        at = edit.end
    if at < len(document.text):
        pieces.append(_Piece(at, len(document.text), document.text[at:]))
    return _compose(document, pieces, kind)


def _selected(document: CorpusDocument, order: Sequence[int], kind: str, markers: Mapping[int, str]) -> CorpusDocument:
    """The document with only these blocks, in this order.

    Blocks of one paragraph stay in one paragraph.

    Args:
        document: The document.
        order: Indexes of blocks.
        kind: Goes behind the identifier.
        markers: Index of a heading to the number it takes.
    """
    text, blocks = document.text, document.blocks
    pieces: list[_Piece] = []
    before: int | None = None
    for i in order:
        block = blocks[i]
        if before is not None:
            end = blocks[before].end
            between = text[end : block.start] if before < i else "\n"
            if before == i - 1:
                pieces.append(_Piece(end, block.start, between))
            elif "\n" in between:
                pieces.append(_Piece(end, end, "\n"))
        start = block.start
        if i in markers and (marker := _marker(document, block)):
            pieces.append(_Piece(start, marker.end, markers[i]))
            start = marker.end
        pieces.append(_Piece(start, block.end, text[start : block.end]))
        before = i
    return _compose(document, pieces, kind)


def _marker(document: CorpusDocument, block: GoldBlock) -> Marker | None:
    """The number that a heading or a body begins with."""
    if block.kind not in ("heading", "body"):
        return None
    marker = marker_at(fold(document.text[block.start : block.end]), 0, block.end - block.start)
    return None if marker is None else replace(marker, start=block.start, end=block.start + marker.end)


def _renumbered(document: CorpusDocument, order: Sequence[int]) -> dict[int, str]:
    """The number that each heading takes when only these blocks stay, in this order: siblings count on as before."""
    numbers: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    families: dict[int, tuple[int, int, int]] = {}
    above: dict[int, int] = {}  # level to the last heading of it
    part = -1
    for i, block in enumerate(document.blocks):
        if block.part != part:
            part = block.part
            above.clear()
        if block.level is None:
            continue
        parent = max((above[level] for level in above if level < block.level), default=-1)
        above = {level: j for level, j in above.items() if level < block.level} | {block.level: i}
        if marker := _marker(document, block):
            families[i] = (part, block.level, parent)
            numbers[families[i]].append(document.text[marker.start : marker.end])
    used: dict[tuple[int, int, int], int] = defaultdict(int)
    out: dict[int, str] = {}
    for i in order:
        if i in families:
            family = families[i]
            out[i] = numbers[family][used[family]]
            used[family] += 1
    return out


def _glued(document: CorpusDocument, i: int) -> bool:
    """Whether a block stands in the paragraph of the one before."""
    return i > 0 and "\n" not in document.text[document.blocks[i - 1].end : document.blocks[i].start]


# --- what is lost -----------------------------------------------------------------------------------------------------


def keep(document: CorpusDocument, wanted: Callable[[int, GoldBlock], bool], suffix: str) -> CorpusDocument:
    """The document with only some of its blocks.

    Args:
        document: A document.
        wanted: Told the index and the block; False drops it.
        suffix: Goes behind the identifier, with a hyphen in front.
    """
    order = [i for i, block in enumerate(document.blocks) if wanted(i, block)]
    return _selected(document, order, suffix.removeprefix("-"), {})


def web_copy(document: CorpusDocument) -> CorpusDocument:
    """As web pages bring it: no title, no addressee, no signature, no date."""
    return keep(document, lambda _, b: b.kind in ("heading", "body"), "-web")


def beheaded(document: CorpusDocument) -> CorpusDocument:
    """A web copy whose introduction got lost as well."""
    return keep(document, lambda _, b: b.kind in ("heading", "body") and b.section != "preamble", "-cut")


def flattened(document: CorpusDocument) -> CorpusDocument:
    """A web copy whose top headings got lost."""
    return keep(document, lambda _, b: b.kind == "body" or (b.kind == "heading" and b.level != 1), "-flat")


def excerpt(document: CorpusDocument, random: Random) -> CorpusDocument | None:
    """A web copy that begins in the middle of the first half; None where there are fewer than four paragraphs."""
    bodies = [i for i, block in enumerate(document.blocks) if block.kind == "body"]
    if len(bodies) < 4:
        return None
    first = random.choice(bodies[1 : max(2, len(bodies) // 2)])
    return keep(document, lambda i, b: i >= first and b.kind in ("heading", "body"), "-excerpt")


def unnumbered(document: CorpusDocument) -> CorpusDocument | None:
    """The numbers in front of paragraphs got lost, as when Word's own numbers are copied.

    A short first sentence behind a number is no heading without it: it becomes one body with what follows. None where
    there is no number, or where headings stand in the middle of paragraphs.
    """
    markers = [marker for block in document.blocks if (marker := _marker(document, block))]
    if not markers or any(b.kind == "heading" and _glued(document, i) for i, b in enumerate(document.blocks)):
        return None
    pieces: list[_Piece] = []
    at = 0
    for marker in markers:
        pieces.append(_Piece(at, marker.start, document.text[at : marker.start]))
        at = marker.end
    pieces.append(_Piece(at, len(document.text), document.text[at:]))
    blocks: list[GoldBlock] = []
    for i, block in enumerate(document.blocks):
        if blocks and blocks[-1].kind == "heading" and _marker(document, blocks[-1]) and _glued(document, i):
            blocks[-1] = replace(block, start=blocks[-1].start)
        else:
            blocks.append(block)
    return _compose(document, pieces, "unnumbered", blocks)


def one_line(document: CorpusDocument) -> CorpusDocument | None:
    """All paragraphs pasted into one line; None where there is only one."""
    return _joined(document, "", "one-line")


def one_line_blanks(document: CorpusDocument) -> CorpusDocument | None:
    """All paragraphs pasted into one line, a blank between them; None where there is only one."""
    return _joined(document, " ", "one-line-blanks")


def _joined(document: CorpusDocument, between: str, kind: str) -> CorpusDocument | None:
    breaks = [m.start() for m in re.finditer("\n", document.text)]
    return _rewritten(document, [_Piece(at, at + 1, between) for at in breaks], kind) if breaks else None


def section_dropped(document: CorpusDocument, random: Random) -> CorpusDocument | None:
    """A section that the kind must have is missing, and the headings behind it move up.

    None where there is none that can go: the rest must be the larger half and still have a heading. Documents of
    several parts and those with deliberate slips in their numbers or contradictions stay out, since a cut would heal
    or blur them.
    """
    if len(document.parts) != 1 or any(f.family in ("NUM", "CON") for f in document.faults):
        return None
    blocks = document.blocks
    total = sum(b.end - b.start for b in blocks)

    def expendable(section: str) -> bool:
        gone = sum(b.end - b.start for b in blocks if b.section == section)
        return 0 < gone < total / 2 and any(b.kind == "heading" and b.section != section for b in blocks)

    candidates = [s for s in _required(document.parts[0]) if expendable(s)]
    if not candidates:
        return None
    section = random.choice(candidates)
    order = [i for i, b in enumerate(blocks) if b.section != section]
    return _selected(document, order, "section-dropped", _renumbered(document, order))


# --- what is changed --------------------------------------------------------------------------------------------------


def width(document: CorpusDocument) -> CorpusDocument | None:
    """Full-width marks became half-width, each a fault unless it stands in a fault or between letters or digits.

    A bracketed number is one fault. None where there is no such mark.
    """
    text = document.text
    marked = SpanSet((f.start, f.end) for f in document.faults)
    edits = []
    for m in _FULL.finditer(text):
        start, end = m.span()
        right = _WORD.match(text, end) and start > 0 and _WORD.match(text, start - 1)
        fault = None if right or marked.touches(start, end) else ("PUN", m[0])
        edits.append(_Piece(start, end, "".join(_HALF.get(c, c) for c in m[0]), fault))
    return _rewritten(document, edits, "width") if edits else None


def shuffled(document: CorpusDocument, random: Random) -> CorpusDocument | None:
    """The chapters of the first part with more than one stand in another order; the numbers still count up.

    None where no part has two chapters on lines of their own, or where the numbers have deliberate slips.
    """
    if any(f.family == "NUM" for f in document.faults):
        return None
    for part in range(len(document.parts)):
        inside = [i for i, b in enumerate(document.blocks) if b.part == part]
        chapters, stop = _chapters(document, inside)
        if len(chapters) < 2:
            continue
        new = list(range(len(chapters)))
        random.shuffle(new)
        if new == sorted(new):
            new = [*new[1:], new[0]]
        everything = range(len(document.blocks))
        middle = [i for k in new for i in chapters[k]]
        order = [*everything[: chapters[0][0]], *middle, *everything[stop:]]
        return _selected(document, order, "shuffled", _renumbered(document, order))
    return None


def _chapters(document: CorpusDocument, inside: Sequence[int]) -> tuple[list[range], int]:
    """The chapters of a part as ranges of blocks, and where what is no chapter goes on; none where they cannot move."""
    blocks = document.blocks
    heads = [i for i in inside if blocks[i].level == 1]
    if not heads:
        return [], 0
    stop = inside[-1] + 1
    while stop > heads[-1] + 1 and blocks[stop - 1].section in _TAIL:
        stop -= 1
    numbered = {_marker(document, blocks[i]) is not None for i in heads}
    borders = [*heads, stop]
    torn = any(_glued(document, i) for i in borders if i <= inside[-1])
    if torn or len(numbered) > 1:
        return [], 0
    return [range(a, b) for a, b in pairwise(borders)], stop


def redacted(document: CorpusDocument, random: Random) -> CorpusDocument | None:
    """Years, the place and some figures are blacked out, each a fault; None where there is nothing to black out.

    Slogans, faults and titles in 《》 stay as they are.
    """
    text, mask = document.text, random.choice(_MASKS)
    closed = _closed(document)
    edits = []
    for m in _YEAR.finditer(text):
        edits.append(_Piece(m.start(), m.end(), f"{m['digits'] or m['han']}{mask}年", ("RES", m[0])))
    for place, rank in sorted(_places(document)):
        name = place + rank
        spots = [m.start() for m in re.finditer(re.escape(name), text)]
        edits += [_Piece(at, at + len(name), mask + rank, ("RES", name)) for at in spots]
    counts = list(_COUNT.finditer(text))
    for m in random.sample(counts, min(len(counts), random.randint(0, 3))):
        edits.append(_Piece(m.start(), m.end(), mask, ("RES", m[0])))
    edits = _apart([e for e in edits if not closed.touches(e.start, e.end)])
    return _rewritten(document, edits, "redacted") if edits else None


def _places(document: CorpusDocument) -> set[tuple[str, str]]:
    """Names of the places that titles and signatures begin with, each with its 县, 市 …"""
    named = (b for b in document.blocks if b.kind in ("title", "signature"))
    return {(m["place"], m["rank"]) for b in named if (m := _PLACE.match(document.text, b.start, b.end))}


def _apart(edits: Iterable[_Piece]) -> list[_Piece]:
    """Without those that overlap an earlier one."""
    out: list[_Piece] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if not out or out[-1].end <= edit.start:
            out.append(edit)
    return out


def _closed(document: CorpusDocument) -> SpanSet:
    """Where no wrong character or blank may be put: slogans, faults, titles in 《》."""
    spans = [(s.start, s.end) for s in document.slogans] + [(f.start, f.end) for f in document.faults]
    return SpanSet([*spans, *(m.span() for m in _TITLES.finditer(document.text))])


def misspelt(document: CorpusDocument, random: Random) -> CorpusDocument | None:
    """One to five words have a wrong character of like sound or shape, each a fault; None where no word offers itself.

    Slogans, faults and titles in 《》 stay as they are.
    """
    closed = _closed(document)
    spots = [m for m in _SLIP.finditer(document.text) if not closed.touches(m.start(), m.end())]
    if not spots:
        return None
    chosen = random.sample(spots, min(len(spots), random.randint(1, 5)))
    chosen.sort(key=lambda m: m.start())
    edits = [_Piece(m.start(), m.end(), random.choice(_SLIPS[m[0]]), ("TYP", m[0])) for m in chosen]
    return _rewritten(document, edits, "misspelt")


# --- all of them ------------------------------------------------------------------------------------------------------


def _plain(make: Callable[[CorpusDocument], CorpusDocument | None]) -> Transform:
    """A transform that leaves nothing to chance, called like the others; None where nothing is left."""

    def transform(document: CorpusDocument, random: Random) -> CorpusDocument | None:
        variant = make(document)
        return variant if variant is not None and variant.blocks else None

    return transform


#: Every transform by its name on the command line.
TRANSFORMS: Mapping[str, Transform] = {
    "web-copy": _plain(web_copy),
    "beheaded": _plain(beheaded),
    "flattened": _plain(flattened),
    "excerpt": excerpt,
    "unnumbered": _plain(unnumbered),
    "one-line": _plain(one_line),
    "one-line-blanks": _plain(one_line_blanks),
    "section-dropped": section_dropped,
    "width": _plain(width),
    "shuffled": shuffled,
    "redacted": redacted,
    "misspelt": misspelt,
}

#: What each transform does, for people.
TRANSFORM_NAMES: Mapping[str, str] = {
    "web-copy": "没有标题、主送、落款和日期",
    "beheaded": "没有标题落款，也没有引言",
    "flattened": "没有标题落款，也没有一级标题",
    "excerpt": "从前半篇的中间开始",
    "unnumbered": "没有序号",
    "one-line": "整篇粘成一行",
    "one-line-blanks": "整篇粘成一行，段间有空格",
    "section-dropped": "缺一个应有的部分",
    "width": "标点成了半角",
    "shuffled": "各章换了次序",
    "redacted": "年份、地名、数字被隐去",
    "misspelt": "有错别字",
}


def augment(
    corpus: Iterable[CorpusDocument], kinds: Collection[str] = tuple(TRANSFORMS), seed: int = 0
) -> Iterator[CorpusDocument]:
    """Variants of every document; a transform that has nothing to work on gives none.

    Args:
        corpus: Documents.
        kinds: Names of transforms.
        seed: What chance starts from; a document's variant does not depend on the documents around it.

    Raises:
        DocnlpError: There is no transform of that name.
    """
    for kind in kinds:
        if kind not in TRANSFORMS:
            raise DocnlpError(f"没有“{kind}”这种变体", f"可以写 {'、'.join(TRANSFORMS)}")
    for document in corpus:
        for kind in kinds:
            variant = TRANSFORMS[kind](document, Random(f"{seed}/{kind}/{document.meta['id']}"))
            if variant is not None:
                yield variant


#: What the section model is trained on besides the corpus, by the names of the transforms.
VARIANTS: tuple[str, ...] = ("web-copy", "beheaded", "flattened", "excerpt", "unnumbered", "one-line-blanks")


def variants(corpus: Iterable[CorpusDocument]) -> list[CorpusDocument]:
    """All variants that models are trained on, of the documents that are one part."""
    return list(augment([document for document in corpus if len(document.parts) == 1], VARIANTS))
