"""What the slogan model looks at: strings, the same in training and in use.

Runs of phrases are by far the most candidates and seldom slogans, so they first pass a gate that sees their shape only
(`shape_features`); the words (`word_features`) are spelt out for what is left.
"""

from __future__ import annotations

from itertools import pairwise

from docnlp.analysis.slogan_candidates import Candidate
from docnlp.text.folding import fold

_EDGES = frozenset("、,;:。!?()“”《》 \n")
_MARKS = frozenset("“”\"‘’'、,;:。.!?() \n\t—…·-")
_FIGURES = frozenset("一二两三四五六七八九十双0123456789")
_JOINT = {"d": "、", "c": ",", "s": ";", "a": "和", "w": " "}


def plain(text: str) -> str:
    """Folded text without quotes, marks and blanks: two spellings of a slogan are the same by it."""
    return "".join([c for c in fold(text) if c not in _MARKS])


def shape_features(folded: str, c: Candidate) -> list[str]:
    """The shape of a run: lengths, equal beginnings and ends, joints, what stands before and behind.

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
    form = heads + tails
    spread = high - low if high - low < 8 else 8
    count = len(pieces) if len(pieces) < 4 else 4
    left, right = folded[start - 1 : start], folded[end : end + 1]
    edges = ("|" if left in _EDGES else "x") + ("|" if right in _EDGES else "x")
    shared = len(set(first).intersection(folded[pieces[1][0] : pieces[1][1]]))
    joints = note if len(note) == 1 else "".join(sorted(set(note)))
    f = [
        f"rd{spread}{form}{clean}{edges}",
        f"rl{low}d{spread}{form}{count}",
        f"rk{place}{clean}{edges}",
        f"r<{left}{clean}",
        f"r>{right}{clean}",
        f"rj{joints}{count}{form}",
        f"rs{shared if shared < 4 else 4}l{low}",
    ]
    if left == "、" or left == ",":
        f.append("rleft=" if left == _JOINT[note[0]] else "rleft")
    if right == "、" or right == ",":
        f.append("rright=" if right == _JOINT[note[-1]] else "rright")
    return f


def word_features(folded: str, c: Candidate, term: str | None, members: frozenset[str]) -> list[str]:
    """Everything else: the words, their edges, the words before and behind.

    Args:
        folded: Folded text of the document.
        c: A candidate.
        term: Type of the entry of the word list that is exactly this, if any.
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
    f += ["b" + a + b for a, b in pairwise(inner)]
    return f
