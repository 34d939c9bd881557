"""Stretches of text that could be a slogan, with what there is to see of each.

Four sources: quoted strings; runs of balanced phrases between 、 and ，; names that end on 行动, 工程, 进社区 and the like;
figures with what they count. Set phrases of the word list come on top. The finder is generous: choosing among its
candidates, which overlap, is the model's work.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from docnlp.document.model import Block, Document
from docnlp.text.spans import SpanSet

_MAX_RUN = 6  # phrases of a run
_MAX_LENGTH = 72  # characters of a candidate
_MAX_SKIP = 16  # characters of the first phrase of a run that may stand before the slogan
_PIECE = re.compile(r"[^、,;:。!?()\[\]“”‘’\"《》〈〉【】\s—…|]+")
_JOINTS = {"、": "d", ",": "c", ";": "s", " ": "w", ", ": "c", "、 ": "d", "; ": "s"}
_AND = re.compile(r"[和与及]")
_QUOTED = re.compile(r"“([^“”\n]{1,60})”|\"([^\"\n“”]{2,40})\"")
_TITLE = re.compile(r"《[^》\n]{1,80}》")
_LETTER = re.compile(r"、.、")
_LETTERS = re.compile(r"(?<=[\u4e00-\u9fff])[\u4e00-\u9fff](?:、[\u4e00-\u9fff]){2,5}(?![、])")
_NOUN = re.compile(r"(?:主题)?(?:行动|工程|计划)|普法|新人|(?:主题|学习|专题)教育")
_NUMERIC = re.compile(r"[一二两三四五六七八九十双百千万\d]")
_NAME_END = re.compile(
    r"活动[月周日]|行动|工程|计划|活动|讲堂|讲坛|学堂|课堂|品牌|主题教育|学习教育|教育实践|先锋岗|示范岗|示范户|志愿者?服务队?|"
    r"进(?:社区|校园|学校|机关|企业|农村|乡村|家庭|万家|课堂|基层|军营|医院|单位|网络|工地|班组|站所|村|车间|教材|头脑|景区|宿舍|寺庙|工厂|市场)|"
    r"(?:宣传|服务|文化|健身|读书|科普|志愿|道德|质量|安全生产|学习)[月周日节年]|节目?|文明餐桌|文明交通|小区|楼院|大院|家园|家庭|标兵|之星"
)
_BEFORE_NAME = re.compile(
    r"开展|组织|举办|实施|推进|深化|参与|参加|启动|进行|推行|推动|创建|争创|评选|打造|建设|建立|创办|开办|设立|结合|围绕|通过|利用|依托|"
    r"做好|抓好|落实|坚持|倡导|争做|全面|积极|广泛|深入|认真|提供|组建|以|为|的|了|和|与|及|在|将|把|对|抓|搞|做|等|要|是|到|从|让"
)
_TRIM = re.compile(
    r"的|等|之|地|了|为|这|原则|精神|要求|活动|方针|目标|理念|思路|格局|氛围|风尚|上|中|来|作为|工作|机制|教育|方法|办法|方式|局面|制度"
)
_FIGURE = re.compile("[门一二两三四五六七八九十双]")  # what such a name begins with
_NUMBER_NAME = re.compile(
    r"(?:门前)?(?:[一二两三四五六七八九十双][\u4e00-\u9fff]){2,4}|"
    r"[二两三四五六七八九十双][好优有讲进创心爱提比抓清无防查德风声星型项大个拥联减学争评实严化][\u4e00-\u9fff]{0,6}"
)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Common words of two characters: a run is not cut in the middle of one."""
    return frozenset((Path(__file__).parent / "words.txt").read_text(encoding="utf-8").partition("\n\n")[2].split())


class Candidate(NamedTuple):
    """A stretch [start, end) and what it is made of.

    Attributes:
        start, end: Offsets in the text.
        source: `q` quoted, `r` run, `l` single letters in a row, `n` name, `k` figure, `t` term of the word list.
        pieces: Its phrases, as offsets; one where it is not a run.
        note: What the source knows besides: the joints of a run, the type of a term, the end of a name.
        clean: How many of its two ends are those of a phrase.
        place: First letter of the kind of its block, and `w` where it is the whole block.
    """

    start: int
    end: int
    source: str
    pieces: tuple[tuple[int, int], ...]
    note: str
    clean: int
    place: str


def candidates(document: Document, terms: Sequence[tuple[int, int, str]]) -> list[Candidate]:
    """Everything in the title, the headings and the paragraphs of a document that could be a slogan.

    Args:
        document: The document.
        terms: Occurrences of the word list: start, end, type; in order.

    Returns:
        Candidates with different spans; those inside 《》 are left out.
    """
    folded = document.folded
    return [c for block, begin, inside in blocks_with(document, terms) for c in block_candidates(folded, block, begin, inside)]


def blocks_with(
    document: Document, terms: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[Block, int, Sequence[tuple[int, int, str]]]]:
    """The blocks that may hold slogans, each with the place behind its number and the terms in it; see `candidates`."""
    starts = [start for start, _, _ in terms]
    for block in document.blocks:
        if block.kind in ("heading", "body", "title"):
            begin = block.marker.end if block.marker else block.start
            yield block, begin, terms[bisect_left(starts, begin) : bisect_left(starts, block.end)]


def block_candidates(folded: str, block: Block, begin: int, terms: Sequence[tuple[int, int, str]]) -> list[Candidate]:
    """The candidates of one block; they depend on nothing but its kind, its characters and the one before it.

    Args:
        folded: Folded text of the document.
        block: The block.
        begin: Where its words begin, behind its number.
        terms: Occurrences of the word list in it.
    """
    out: dict[tuple[int, int], Candidate] = {}
    end, place = block.end, block.kind[0]
    titles = None
    if folded.find("《", begin, end) >= 0:
        titles = SpanSet(m.span() for m in _TITLE.finditer(folded, begin, end))
    for start, stop, source, pieces, note, clean in _found(folded, block, begin, terms):
        key = (start, stop)
        if key in out or not 2 <= stop - start <= _MAX_LENGTH:
            continue
        if titles is not None and titles.covers(start, stop):
            continue
        whole = start - begin <= 1 and end - stop <= 1
        out[key] = Candidate(start, stop, source, pieces, note, clean, place + "w" if whole else place)
    return list(out.values())


#: A candidate without its place.
_Found = tuple[int, int, str, tuple[tuple[int, int], ...], str, int]


def _found(folded: str, block: Block, begin: int, terms: Sequence[tuple[int, int, str]]) -> Iterator[_Found]:
    end = block.end
    for start, stop, kind in terms:
        yield start, stop, "t", ((start, stop),), kind, 2
    yield from _quoted(folded, begin, end)
    if _LETTER.search(folded, begin, end):
        for m in _LETTERS.finditer(folded, begin, end):
            yield m.start(), m.end(), "l", (m.span(),), "", 1
    pieces = [m.span() for m in _PIECE.finditer(folded, begin, end)]
    heading = block.kind != "body"
    for chain, joints in _chains(folded, pieces):
        yield from _runs(folded, chain, joints, heading)
    yield from _names(folded, begin, end, pieces)


def _quoted(folded: str, begin: int, end: int) -> Iterator[_Found]:
    for m in _QUOTED.finditer(folded, begin, end):
        a, b = m.span(1 if m[1] is not None else 2)
        stop = m.end()
        if noun := _NOUN.match(folded, stop, min(end, stop + 6)):
            stop = noun.end()
        elif b - a <= 6 and folded.startswith("活动", stop) and _NUMERIC.search(folded, a, min(b, a + 4)):
            stop += 2
        pieces = tuple([p.span() for p in _PIECE.finditer(folded, a, b)])
        yield m.start(), stop, "q", pieces or ((a, b),), "+" if stop > m.end() else "", 2


def _chains(folded: str, pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[list[tuple[int, int]], list[str]]]:
    """Phrases that only 、 ， ； or a blank part, in chains of two and more, with the joints between them."""
    chain: list[tuple[int, int]] = []
    joints: list[str] = []
    last = -1
    for span in pieces:
        joint = _JOINTS.get(folded[last : span[0]]) if chain else None
        if joint is None:
            if joints:
                yield chain, joints
            chain, joints = [span], []
        else:
            joints.append(joint)
            chain.append(span)
        last = span[1]
    if joints:
        yield chain, joints


def _split_and(
    folded: str, chain: list[tuple[int, int]], joints: list[str]
) -> tuple[list[tuple[int, int]], list[str]]:
    """爱心、耐心和责任心: 和 parts phrases as 、 does, where the halves fit the phrase before."""
    if not _AND.search(folded, chain[0][0], chain[-1][1]):
        return chain, joints
    out, seams, known = [chain[0]], [], _words()
    for span, joint in zip(chain[1:], joints, strict=True):
        size = out[-1][1] - out[-1][0]
        seams.append(joint)
        if span[1] - span[0] >= 5 and size >= 2:
            for m in _AND.finditer(folded, span[0] + 2, span[1] - 1):
                left, right = m.start() - span[0], span[1] - m.end()
                if folded[m.start() - 1 : m.end()] in known or folded[m.start() : m.end() + 1] in known:
                    continue  # 参与, 和谐
                if abs(left - size) <= 1 or (left == right <= min(size, 8)):
                    out.append((span[0], m.start()))
                    seams.append("a")
                    span = (m.end(), span[1])
                    break
        out.append(span)
    return out, seams


def _alike(a: str, b: str) -> bool:
    """Whether two phrases could be members of one run."""
    gap = len(a) - len(b)
    if -1 <= gap <= 1:
        return True
    if gap > 15 or gap < -15:
        return False
    same = (a[0] == b[0]) + (a[-1] == b[-1])
    return same == 2 or (same == 1 and -6 <= gap <= 6)


def _fits(a: str, b: str, clean: int) -> bool:
    """Whether two phrases go together; where one was cut they must be of one length, or share an end."""
    if clean == 2 or len(a) == len(b):
        return _alike(a, b)
    return -2 <= len(a) - len(b) <= 2 and (a[0] == b[0] or a[-1] == b[-1])


def _runs(folded: str, chain: list[tuple[int, int]], joints: list[str], heading: bool) -> Iterator[_Found]:
    if heading and len(chain) <= 4:
        yield chain[0][0], chain[-1][1], "r", tuple(chain), "".join(joints), 2
    chain, joints = _split_and(folded, chain, joints)
    words = [folded[a:b] for a, b in chain]
    count = len(chain)
    cuts: list[list[int] | None] = [None] * count  # where the phrase may end early
    for i in range(count - 1):
        first, second = words[i], words[i + 1]
        if len(second) < 2:
            continue
        if cuts[i + 1] is None:
            cuts[i + 1] = [m.start() for m in _TRIM.finditer(second, 2)]
        starts = _starts(first, second, cuts[i + 1] or ())
        if not starts:
            continue
        for j in range(i + 1, min(count, i + _MAX_RUN)):
            last = words[j]
            if len(last) < 2:
                break
            before = words[j - 1] if j > i + 1 else ""
            if (ends := cuts[j]) is None:
                ends = cuts[j] = [m.start() for m in _TRIM.finditer(last, 2)]
            note, origin, whole = "".join(joints[i:j]), chain[j][0], len(last)
            stops = _ends(before, last, ends) if before else ()
            for skip in starts:
                head = first[skip:]
                if before and skip and not _fits(head, second, 1):
                    continue
                other = before or head
                # where commas part the phrases, a run that begins with a phrase hardly ever ends inside another
                if not skip and note[-1] not in "da":
                    sizes: Sequence[int] = (whole,)
                else:
                    sizes = stops or _ends(head, last, ends)
                for size in sizes:
                    clean = (skip == 0) + (size == whole)
                    if len(other) == size or _fits(other, last[:size], clean):
                        start, end = chain[i][0] + skip, origin + size
                        yield start, end, "r", ((start, chain[i][1]), *chain[i + 1 : j], (origin, end)), note, clean
            if j + 1 == count:
                break
            if before:
                if not _alike(before, last):
                    break
            elif not any(_alike(first[skip:], last) for skip in starts):
                break


def _starts(first: str, second: str, cuts: Sequence[int]) -> list[int]:
    """Where the first phrase of a run may begin: at its start, where it gets as long as the second (whole or cut), or at
    the sign the second begins with; never inside a word."""
    n, m = len(first), len(second)
    out = [0] if n < m + 2 or _alike(first, second) else []
    sizes = [m, *cuts[:4]]
    at = first.find(second[0], 1)
    if at > 0:
        sizes.append(n - at)
    words = _words()
    for size in sizes:
        skip = n - size
        if size >= 2 and 0 < skip <= _MAX_SKIP and skip not in out and first[skip - 1 : skip + 1] not in words:
            out.append(skip)
    return out


def _ends(before: str, last: str, cuts: Sequence[int]) -> list[int]:
    """How much of the last phrase of a run may belong to it; never a part of a word."""
    n, m = len(last), len(before)
    if n <= m:
        return [n]
    out = [n]
    words = _words()
    at = last.find(before[-1], max(1, m - 3)) + 1
    for size in (m, at, *cuts):
        if 2 <= size < n and (size == at or -2 <= size - m <= 2) and size not in out and last[size - 1 : size + 1] not in words:
            out.append(size)
    return out


def _names(folded: str, begin: int, end: int, pieces: Sequence[tuple[int, int]]) -> Iterator[_Found]:
    """Names by how they end, and figures with what they count."""
    opens = [a for a, _ in pieces]
    for m in _NAME_END.finditer(folded, begin, end):
        stop = m.end()
        a, b = pieces[bisect_right(opens, m.start()) - 1]
        starts = [a] if stop - a <= 20 else []
        starts += [verb.end() for verb in _BEFORE_NAME.finditer(folded, max(a, stop - 22), m.start())]
        for start in starts[-3:]:
            if 3 <= stop - start <= 20:
                yield start, stop, "n", ((start, stop),), m[0], (start == a) + (stop == b)
    last = begin
    for at in [m.start() for m in _FIGURE.finditer(folded, begin, end)]:
        if at < last or not (found := _NUMBER_NAME.match(folded, at, end)):
            continue
        start, stop = found.span()
        last = stop
        a, b = pieces[bisect_right(opens, start) - 1]
        for size in (stop, *[cut.start() for cut in _TRIM.finditer(folded, start + 2, stop)]):
            yield start, size, "k", ((start, size),), "", (start == a) + (size == b)
