"""What the slogan model looks at: strings, the same in training and in use.

Runs of phrases are by far the most candidates and seldom slogans, so they first pass a gate that sees their shape only
(`shape_features`); the words (`word_features`) are spelt out for what is left.
"""

from __future__ import annotations

from operator import add

from docnlp.analysis.slogan_candidates import Candidate
from docnlp.text.folding import fold

_EDGES = frozenset("、,;:。!?()“”《》 \n")
_MARKS = frozenset("“”\"‘’'、,;:。.!?() \n\t—…·-")
_FIGURES = frozenset("一二两三四五六七八九十双0123456789")
#: What features of pairs begin with; no other feature of three characters does.
PAIR = "b"
_JOINT = {"d": "、", "c": ",", "s": ";", "a": "和", "w": " "}


def plain(text: str) -> str:
    """Folded text without quotes, marks and blanks: two spellings of a slogan are the same by it."""
    return "".join([c for c in fold(text) if c not in _MARKS])


#: The shape of a run without the characters before and behind it, few runs having one of their own: length of the
#: shortest phrase; how much longer the longest is, at most 8; `H` where all phrases begin with the same character, `T` where
#: they end on the same; how many phrases, at most 4; `clean` and `place` of the candidate; for either side `|` where a mark
#: or the end of the block stands there, else `x`; kinds of joint; characters that the first two phrases share, at most 4;
#: the features of a 、 or ， before it and behind it.
Shape = tuple[int, int, str, int, int, str, str, str, int, str, str]


def shape(folded: str, c: Candidate) -> tuple[Shape, str, str]:
    """The shape of a run, and the characters before and behind it.

    Args:
        folded: Folded text of the document.
        c: A candidate whose source is `r`.
    """
    start, end, _, pieces, note, clean, place = c
    low = high = len(first := folded[start : pieces[0][1]])
    head, tail = first[0], first[-1]
    heads, tails = "H", "T"
    for a, b in pieces[1:]:
        size = b - a
        if size < low:
            low = size
        elif size > high:
            high = size
        if folded[a] != head:
            heads = ""
        if folded[b - 1] != tail:
            tails = ""
    left, right = folded[start - 1 : start], folded[end : end + 1]
    before = behind = ""
    if left == "、" or left == ",":
        before = "rleft=" if left == _JOINT[note[0]] else "rleft"
    if right == "、" or right == ",":
        behind = "rright=" if right == _JOINT[note[-1]] else "rright"
    shared = len(set(first).intersection(folded[pieces[1][0] : pieces[1][1]]))
    return (
        (
            low,
            high - low if high - low < 8 else 8,
            heads + tails,
            len(pieces) if len(pieces) < 4 else 4,
            clean,
            place,
            ("|" if left in _EDGES else "x") + ("|" if right in _EDGES else "x"),
            note if len(note) == 1 else "".join(sorted(set(note))),
            shared if shared < 4 else 4,
            before,
            behind,
        ),
        left,
        right,
    )


def shape_features(folded: str, c: Candidate) -> list[str]:
    """The shape of a run: lengths, equal beginnings and ends, joints, what stands before and behind.

    Args:
        folded: Folded text of the document.
        c: A candidate whose source is `r`.
    """
    own, left, right = shape(folded, c)
    return [*inner_shape(own), *side_features(left, right, c.clean)]


def inner_shape(own: Shape) -> list[str]:
    """Features of a shape."""
    low, spread, form, count, clean, place, edges, joints, shared, before, behind = own
    f = [
        f"rd{spread}{form}{clean}{edges}",
        f"rl{low}d{spread}{form}{count}",
        f"rk{place}{clean}{edges}",
        f"rj{joints}{count}{form}",
        f"rs{shared}l{low}",
    ]
    return [*f, *filter(None, (before, behind))]


def side_features(left: str, right: str, clean: int) -> list[str]:
    """Features of the characters before and behind a run.

    Args:
        left: The character before, "" at the start.
        right: The character behind, "" at the end.
        clean: See `Candidate`.
    """
    return [f"r<{left}{clean}", f"r>{right}{clean}"]


def word_features(folded: str, c: Candidate, term: str | None, members: frozenset[str]) -> tuple[list[str], str]:
    """Everything else but the pairs of characters: the words, their edges, the words before and behind.

    Args:
        folded: Folded text of the document.
        c: A candidate.
        term: Type of the entry of the word list that is exactly this, if any.
        members: Single phrases of the runs in the word list.

    Returns:
        The features, and the words in one for `pair_features`.
    """
    s = c.source
    left, right = folded[max(0, c.start - 2) : c.start], folded[c.end : c.end + 2].replace("\n", " ")
    words = [folded[a:b] for a, b in c.pieces]
    inner = "".join(words).strip("“”\"")
    size = len(inner)
    f = [
        s, s + c.place, f"{s}c{c.clean}", f"{s}n{len(words) if len(words) < 6 else 6}", f"{s}l{size if size < 24 else 24}",
        f"{s}<{left[-1:]}", f"{s}>{right[:1]}", "<<" + left, ">>" + right, f"{s}^{inner[:1]}", "^" + inner[:2],
        f"{s}${inner[-1:]}", "$" + inner[-2:], "=" + inner,
    ]  # fmt: skip
    if term:
        f += ["T" + term, f"T{term}{s}"]
    if s == "r":
        first, second = words[0], words[1]
        same = sum([x == y for x, y in zip(first, second, strict=False)])
        known = sum([w in members for w in words])
        if known:
            f += [f"rM{known if known < 3 else 3}", f"rM{known == len(words)}"]
        sizes = [len(w) for w in words[:4]]
        f += [f"rp{same if same < 4 else 4}l{len(first)}n{len(words)}", f"rL{'-'.join([str(n) for n in sizes])}", f"rq{sizes[0] == sizes[-1]}{c.note}{c.clean}"]
        for w in words:
            f += ["rf" + w[0], "re" + w[-1], "rff" + w[:2], "ree" + w[-2:]]
    elif s == "q":
        figure = "N" if not _FIGURES.isdisjoint(inner[:4]) else ""
        f += [f"q{left[-1:]}|{right}", f"q>{folded[c.end : c.end + 4]}", f"qn{len(words)}{figure}l{size if size < 12 else 12}", "q" + c.note]
    elif s == "n":
        f += ["n" + c.note, f"n{c.note}c{c.clean}", f"n{c.note}<{left[-1:]}"]
    elif s == "k":
        f += ["k" + inner[1:2], f"k{size}{inner[-1:]}"]
    return f, inner


def pairs_of(words: str) -> list[str]:
    """Neighbouring characters, each pair as often as it occurs."""
    return list(map(add, words, words[1:]))


def pair_features(words: str) -> list[str]:
    """Features of neighbouring characters."""
    return [PAIR + pair for pair in pairs_of(words)]
