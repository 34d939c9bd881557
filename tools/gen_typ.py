"""Write the word data of the TYP rules: docnlp/rules/typ_*.txt.

    python tools/gen_typ.py words --statutes DIR      # typ_words.txt, typ_pairs.txt, typ_bound.txt
    python tools/gen_typ.py confused                  # typ_confused.json from typ_confused.toml
    python tools/gen_typ.py sounds                    # typ_sounds.txt, needs pypinyin
    python tools/gen_typ.py weights --without i,j --out DIR   # typ_weights.txt, from files written with the same options
    python tools/gen_typ.py shapes --strokes FILE     # typ_shapes.txt, needs numpy, Pillow and the fonts Noto Sans/Serif CJK

What comes from where, and under which licence, says docnlp/rules/typ_NOTICE.md. The same input gives the same files.
`--out DIR` writes elsewhere and `--without i,j` leaves groups of the corpus out, for measuring on what was not seen.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from random import Random

from docnlp.rules.typ_lexicon import Lexicon
from docnlp.rules.typ_nearmiss import Reading, may_be_name, odd_pairs, rated, readings, windows
from docnlp.training.markup import CorpusDocument, load_folder

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "docnlp" / "rules"
CORPUS = ROOT / "corpora"
NOTE = "# Written by tools/gen_typ.py; see typ_NOTICE.md. Do not edit.\n"
HAN = re.compile("[\u4e00-\u9fff]+")



def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: What one occurrence in our corpus counts, against one in jieba's counts or in the statutes.
OURS = 30
#: Documents of ours, and statutes, in which a run of words must occur to be taken for a set phrase.
SET_OURS, SET_STATUTES = 2, 20
#: Occurrences in jieba's counts below which a word of its dictionary is not kept, unless we or the statutes use it.
LEAST = 3
#: Counts from which a word of the dictionary is beyond doubt, and from which it puts a rarer one of its sound in doubt.
COMMON, SOLID = 40, 40
#: What the dictionary calls a person's name is none where the statutes have it so often (文明, 弘扬).
NAME = 100
#: A pair of characters is known from a word of the dictionary so often counted, or from so many statutes; pairs that
#: stand in words of four characters and nowhere else are not known, so that half an idiom is looked at.
PLAIN, OFTEN = 30, 3
#: Two words of two characters or more that meet make a pair known where they meet in so many documents; where they meet
#: less often the words themselves are looked up.
BORDER = 25
#: Words that do not open or close a set phrase.
LOOSE = _set(
    "的 地 得 了 着 过 和 与 及 或 或者 以及 在 把 将 被 对 向 从 由 于 为 是 有 要 等 中 上 下 内 外 个 一 二 三 四 五 六 七 八 九 十 不 也 都 就 "
    "并 并且 而 之 其 该 各 本 此 每 这 那 以 到 至 使 让 给 我 你 他 她 它 们 我们 他们 你们 应当 可以 不得 必须 应 可 者 所 按照 根据 依照 通过 一个 进行"
)


def clean(document: CorpusDocument) -> str:
    """The text with blanks where faults were planted."""
    text = list(document.text)
    for fault in document.faults:
        text[fault.start : fault.end] = " " * (fault.end - fault.start)
    return "".join(text)


def corpus(without: Iterable[str]) -> list[str]:
    """Texts of our corpus."""
    left_out = set(without)
    return [clean(d) for d in load_folder(CORPUS) if d.meta["group"] not in left_out]


def statutes(folder: Path) -> list[str]:
    """Texts of the statute book, in the order of their paths."""
    out = []
    for path in sorted(folder.rglob("*.md")):
        out.append(re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8", errors="replace"), flags=re.DOTALL))
    if not out:
        sys.exit(f"no statutes below {folder}")
    return out


class Survey:
    """Counts of words, set phrases and pairs of characters."""

    def __init__(self) -> None:
        import jieba

        jieba.setLogLevel(60)
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        self.words: Counter[str] = Counter()
        self.phrases: Counter[str] = Counter()
        self.sets: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        self.spread: Counter[str] = Counter()
        self.borders: Counter[str] = Counter()

    def read(self, text: str) -> None:
        """Take one document in."""
        seen: set[str] = set()
        pairs: set[str] = set()
        borders: set[str] = set()
        for run in HAN.findall(text):
            tokens = list(self._tokenizer.cut(run, HMM=False))
            self.words.update(tokens)
            pairs.update(a[-1] + b[0] for a, b in pairwise(tokens) if len(a) == 1 or len(b) == 1)
            for token in tokens:
                if len(token) < 4:
                    pairs.update(map(str.__add__, token, token[1:]))
            borders.update(a[-1] + b[0] for a, b in pairwise(tokens) if len(a) > 1 and len(b) > 1)
            for phrase in _phrases(tokens):
                self.phrases[phrase] += 1
                seen.add(phrase)
        self.sets.update(seen)
        self.spread.update(pairs)
        self.borders.update(borders)


def _phrases(tokens: list[str]) -> Iterator[str]:
    """Runs of two to five words that may be set phrases."""
    for i, first in enumerate(tokens):
        if first in LOOSE or not first:
            continue
        length, wide = len(first), len(first) > 1
        for j in range(i + 1, min(i + 5, len(tokens))):
            token = tokens[j]
            length += len(token)
            wide = wide or len(token) > 1
            if length > 12:
                break
            if length >= 4 and wide and token not in LOOSE:
                yield "".join(tokens[i : j + 1])


def dictionary() -> dict[str, tuple[int, str]]:
    """jieba's words of two characters or more: count and tag."""
    import jieba

    out = {}
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        if HAN.fullmatch(word):
            out[word] = (int(count), tag)
    return out


def doubtful(known: dict[str, tuple[int, str]], seen: Set[str]) -> set[str]:
    """Rare words of the dictionary that are misspellings of others (it was counted on unedited text).

    Args:
        known: The dictionary.
        seen: Pairs of characters that edited text has.
    """
    lazy_pinyin = import_module("pypinyin").lazy_pinyin
    heard: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word in known:
        if len(word) > 1:
            heard[tuple(lazy_pinyin(list(word)))].append(word)
    out = set()
    for group in heard.values():
        for word in group:
            count = known[word][0]
            if count < COMMON and any(a + b not in seen for a, b in pairwise(word)):
                for other in group:
                    more = known[other][0] >= max(8 * count, SOLID) or (len(word) > 3 and known[other][0] > count)
                    if more and sum(a != b for a, b in zip(word, other, strict=True)) == 1:
                        out.add(word)
    return out


def term_lists() -> set[str]:
    """Han runs of the slogan lists."""
    out: set[str] = set()
    for name in ("slogans_names.toml", "slogans_policy.toml"):
        with (ROOT / "docnlp" / "analysis" / name).open("rb") as f:
            for table in tomllib.load(f).values():
                for term in table.get("terms", ()) if isinstance(table, dict) else ():
                    out.update(run for run in HAN.findall(term) if len(run) >= 4)
    return out


def wrong_words() -> set[str]:
    """Wordings that the list of confused words calls wrong: no dictionary may know them."""
    with (RULES / "typ_confused.toml").open("rb") as f:
        return set(tomllib.load(f)["plain"])


def words(folder: Path, without: Iterable[str], out: Path) -> None:
    """Write typ_words.txt, typ_pairs.txt and typ_bound.txt, the pairs that occur in phrases only."""
    ours, law = Survey(), Survey()
    for text in corpus(without):
        ours.read(text)
    for text in statutes(folder):
        law.read(text)
    wrong = wrong_words()
    known = dictionary()
    wrong |= doubtful(known, ours.spread.keys() | {p for p, n in law.spread.items() if n >= 2})
    known = {w: v for w, v in known.items() if w not in wrong}
    counts: dict[str, int] = {}
    names: set[str] = set()
    for word, (count, tag) in known.items():
        used = ours.words[word] + law.words[word]
        if len(word) > 1 and count < LEAST and used < 2:
            continue
        counts[word] = count + OURS * ours.words[word] + law.words[word]
        if tag.startswith(("nr", "ns", "nt")) and ours.words[word] < 3 and (tag[1] != "r" or law.words[word] < NAME):
            names.add(word)
    phrases = {p for p, n in ours.sets.items() if n >= SET_OURS} | {p for p, n in law.sets.items() if n >= SET_STATUTES}
    own = (RULES / "typ_phrases.txt").read_text(encoding="utf-8").splitlines()
    listed = {word for line in own if not line.startswith("#") for word in line.split()}
    for phrase in sorted((phrases | term_lists() | listed) - wrong):
        if phrase not in counts:
            counts[phrase] = max(64 if phrase in listed else 20, OURS * ours.phrases[phrase] + law.phrases[phrase])
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for word in sorted(counts):
        level = chr(ord("a") + min(25, int(math.log2(max(1, counts[word])))))
        rows[word[0]][level.upper() if word in names else level].append(word[1:])
    _write(out / "typ_words.txt", {c: _row(levels) for c, levels in rows.items()})
    pairs = ours.spread.keys() | {p for p, n in law.spread.items() if n >= OFTEN}
    pairs |= {p for p, n in (ours.borders + law.borders).items() if n >= BORDER}
    for word in counts:
        if len(word) < 4 and known.get(word, (0, ""))[0] >= PLAIN:
            pairs |= set(map(str.__add__, word, word[1:]))
    followers: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(pairs):
        followers[pair[0]].append(pair[1])
    _write(out / "typ_pairs.txt", {c: "".join(behind) for c, behind in followers.items()})
    bound: dict[str, set[str]] = defaultdict(set)
    for word in counts:
        if len(word) > 3 and word not in names:
            for a, b in pairwise(word):
                if b not in followers[a]:
                    bound[a].add(b)
    _write(out / "typ_bound.txt", {c: "".join(sorted(b)) for c, b in bound.items()})
    print(f"{len(counts)} words, {len(pairs)} pairs")


def _row(levels: dict[str, list[str]]) -> str:
    """The words that begin with one character, as `Entries` reads them."""
    alone = next((level for level, rests in levels.items() if "" in rests), "a")
    groups = {level: [r for r in rests if r] for level, rests in levels.items()}
    return alone.lower() + ",".join(f"{level}{' '.join(rests)}" for level, rests in sorted(groups.items()) if rests)


def _write(path: Path, lines: Iterable[str] | dict[str, str]) -> None:
    """Write lines; of a dictionary first all its keys, which are single characters, in one line."""
    if isinstance(lines, dict):
        lines = ["".join(sorted(lines)), *(lines[c] for c in sorted(lines))]
    path.write_text(NOTE + "".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def characters(data: Lexicon) -> list[str]:
    """Characters of words that are worth restoring."""
    out: set[str] = set()
    for char in data.heads:
        entries = data.entries(char)
        for rest, weight in entries.weights.items():
            if weight >= 3 and rest not in entries.names:
                out.update(char + rest)
    return sorted(out)


#: A reading of a character counts where so large a part of its words have it.
READING = 0.02


def sounds(out: Path) -> None:
    """Write typ_sounds.txt: a syllable without tone, and the characters that are read so."""
    lazy_pinyin = import_module("pypinyin").lazy_pinyin
    data = Lexicon(out)
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for char in data.heads:
        for rest, weight in data.entries(char).weights.items():
            if weight >= 3 and len(rest) < 4:
                for c, syllable in zip(char + rest, lazy_pinyin(char + rest), strict=True):
                    readings[c][syllable] += 2**weight
    rows: dict[str, list[str]] = defaultdict(list)
    for char in characters(data):
        for syllable, count in readings[char].items():
            if re.fullmatch("[a-zv]+", syllable) and count >= READING * readings[char].total():
                rows[syllable].append(char)
    _write(out / "typ_sounds.txt", (f"{s} {''.join(rows[s])}" for s in sorted(rows)))


FONTS = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")
#: How like two glyphs must be (cosine of the small pictures, mean of the fonts), and how many are kept a character.
ALIKE, MOST = 0.5, 10


def shapes(fonts: Path, strokes: Path, out: Path) -> None:
    """Write typ_shapes.txt: a character and those that look like it."""
    import numpy as np

    image_of, draw, fonts_of = (import_module(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))

    data = Lexicon(out)
    chars = [c for c in characters(data) if data.weight(c) >= 6]
    index = {c: i for i, c in enumerate(chars)}
    alike = np.zeros((len(chars), len(chars)), dtype=np.float32)
    for name in FONTS:
        font = fonts_of.truetype(str(fonts / name), 48, index=2)
        pictures = np.empty((len(chars), 24 * 24), dtype=np.float32)
        for i, c in enumerate(chars):
            image = image_of.new("L", (64, 64))
            draw.Draw(image).text((8, 0), c, font=font, fill=255)
            small = np.asarray(image.crop(image.getbbox()).resize((24, 24), image_of.Resampling.BILINEAR), dtype=np.float32)
            small = (small - small.mean()).ravel()
            pictures[i] = small / np.linalg.norm(small)
        alike += pictures @ pictures.T / len(FONTS)
    np.fill_diagonal(alike, 0)
    for line in strokes.read_text(encoding="utf-8").splitlines():
        group = [index[c] for c in line.replace("#", "").split() if c in index]
        for other in group[1:]:
            alike[group[0], other] += 1
            alike[other, group[0]] += 1
    twins: dict[str, set[str]] = defaultdict(set)
    for i, c in enumerate(chars):
        for j in np.argsort(-alike[i], kind="stable")[:MOST]:
            if alike[i, j] >= ALIKE:
                twins[c].add(chars[j])
                twins[chars[j]].add(c)
    _write(out / "typ_shapes.txt", {c: "".join(sorted(t)) for c, t in twins.items()})


#: Of slips planted: how many are of each kind.
MIX = {"same": 0.5, "shape": 0.18, "near": 0.1, "swapped": 0.07, "missing": 0.06, "other": 0.06, "turned": 0.03}


def plant(line: str, data: Lexicon, common: str, dice: Random) -> tuple[str, int, str] | None:
    """The line with a slip in one of its words, its place and kind; None where the dice find none."""
    for _ in range(12):
        runs = [m for m in HAN.finditer(line) if len(m.group()) >= 4]
        if not runs:
            return None
        run = dice.choice(runs)
        place = dice.randrange(run.start(), run.end() - 1)
        word = next((line[place : place + n] for n in (4, 3, 2) if place + n <= run.end() and data.weight(line[place : place + n]) >= 8), "")
        if not word:
            continue
        at = place + dice.randrange(len(word))
        kind = dice.choices(list(MIX), list(MIX.values()))[0]
        if kind == "missing":
            return line[:at] + line[at + 1 :], at, kind
        if kind in ("swapped", "turned"):
            at = min(at, place + len(word) - 2)
            first, second = line[at], line[at + 1]
            if kind == "turned":
                first = dice.choice(sorted(data.confusions(first)) or [first])
            if first != second:
                return line[:at] + second + first + line[at + 2 :], at, kind
            continue
        if kind == "other":
            char = dice.choice(common)
            if char != line[at]:
                return line[:at] + char + line[at + 1 :], at, kind
            continue
        wanted = ("same", "shape", "near").index(kind)
        twins = sorted(c for c, k in data.confusions(line[at]).items() if k == wanted and data.weight(c) >= 6)
        if twins:  # a common character is struck by mistake more often than a rare one
            twin = dice.choices(twins, [2 ** (data.weight(c) / 2) for c in twins])[0]
            return line[:at] + twin + line[at + 1 :], at, kind
    return None


#: How often the weights are fitted: the first time the readings are chosen by the bits saved, then by the last fit.
ROUNDS = 3


def weights(groups: Iterable[str], folder: Path) -> None:
    """Write typ_weights.txt, fitted on documents of `groups`, which the words in `folder` must not have seen."""
    zero = dict.fromkeys(("saved", "listed", "weight", "first", "second", "wrong", "right"), 0.0)
    zero |= {f"{name}-{n}": 0.0 for name in ("fewer", "stiff") for n in range(3)}
    zero |= {f"{kind}-{n}": 0.0 for kind in MIX for n in range(2, 6)}
    lines = ["base 0", *(f"{name} {int(name == 'saved')}" for name in zero)]
    documents = [d for d in load_folder(CORPUS) if d.meta["group"] in groups]
    for _ in range(ROUNDS):
        _write(folder / "typ_weights.txt", lines)
        lines = _fit(documents, folder, zero)
    _write(folder / "typ_weights.txt", lines)


def _fit(documents: Iterable[CorpusDocument], folder: Path, zero: dict[str, float]) -> list[str]:
    from sklearn.linear_model import LogisticRegression

    data, dice = Lexicon(folder), Random(20)
    common = "".join(c for c in characters(data) if data.weight(c) >= 9)
    rows: list[list[float]] = []
    right: list[bool] = []

    def best(line: str) -> Iterator[tuple[int, Reading]]:
        for low, high, at in windows(line, odd_pairs(set(map(str.__add__, line, line[1:])), data), data):
            found = rated(readings(line[low:high], at - low, data), data)
            if found and not may_be_name(line, low + found[0][1].start, low + found[0][1].end, data):
                yield low, found[0][1]

    def note(reading: Reading, good: bool) -> None:
        rows.append(list((zero | dict(reading.features)).values()))
        right.append(good)

    for document in documents:
        for line in clean(document).split("\n"):
            for _, reading in best(line):
                note(reading, False)
            slip = plant(line, data, common, dice)
            if slip is None:
                continue
            wrong, place, _ = slip
            for low, reading in best(wrong):
                if low + reading.start - 1 <= place <= low + reading.end:
                    note(reading, wrong[: low + reading.start] + reading.meant + wrong[low + reading.end :] == line)
                    break
    model = LogisticRegression(max_iter=5000).fit(rows, right)
    print(f"{len(right)} readings, {sum(right)} right")
    return [f"base {model.intercept_[0]:.2f}", *(f"{n} {v:.2f}" for n, v in zip(zero, model.coef_[0], strict=True))]


def confused() -> str:
    """typ_confused.json as it should be: JSON is read in a tenth of the time."""
    with (RULES / "typ_confused.toml").open("rb") as f:
        return json.dumps(tomllib.load(f), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def main() -> int:
    """Write the files that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["words", "sounds", "shapes", "weights", "confused"])
    parser.add_argument("--statutes", type=Path, help="folder of the statute book")
    parser.add_argument("--strokes", type=Path, help="same_stroke.txt of pycorrector")
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/opentype/noto"))
    parser.add_argument("--without", default="", help="groups of the corpus to leave out")
    parser.add_argument("--out", type=Path, default=RULES)
    args = parser.parse_args()
    if args.what == "words":
        if args.statutes is None:
            parser.error("words needs --statutes")
        words(args.statutes, args.without.split(","), args.out)
    elif args.what == "sounds":
        sounds(args.out)
    elif args.what == "confused":
        (RULES / "typ_confused.json").write_text(confused(), encoding="utf-8", newline="\n")
    elif args.what == "weights":
        weights(args.without.split(","), args.out)
    else:
        if args.strokes is None:
            parser.error("shapes needs --strokes")
        shapes(args.fonts, args.strokes, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
