"""How well the sections of reports are told apart, by docnlp and by baselines; writes the tables of docs/models-sections.md.

    python -m benchmarks.sections                                  # measure and write
    python -m benchmarks.sections --samples 文件夹 --gold 文件夹    # also on reports of one's own
    python -m benchmarks.sections --folds 3                        # the slow ways leave a third of the groups out at a time
    python -m benchmarks.sections --quick                          # a short round to see that it runs, printed only

`--samples` holds reports as NAME.txt, `--gold` for each a NAME.json with {"genre": …, "paragraphs": [{"line", "start",
"end", "kind", "section", "level"}]}; lines from 1, start and end within the line.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import platform
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from math import log
from pathlib import Path
from statistics import mean, median, quantiles
from time import process_time
from typing import Any, NamedTuple, Protocol

from benchmarks.slogans_common import ROOT
from benchmarks.speed import rows, say, write
from docnlp import __version__
from docnlp.analysis import AnalysisOptions, analyse
from docnlp.analysis.base import SECTION_NAMES, SECTIONS, GenreLabel
from docnlp.analysis.lexicon import section_lexicon
from docnlp.analysis.linear import LinearModel, softmax, unpack
from docnlp.analysis.sections import LexiconSections
from docnlp.analysis.shelf import FILES, folder_of
from docnlp.analysis.trained import TrainedSections, load_sections
from docnlp.document.build import build
from docnlp.document.model import Block, Document
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.text.folding import fold
from docnlp.training import logistic
from docnlp.training.augment import variants
from docnlp.training.genre import calibration_error
from docnlp.training.making import held_out_groups
from docnlp.training.markup import CorpusDocument, GoldBlock, GoldPart, load_corpus
from docnlp.training.sections import (
    LABELS,
    Sample,
    Scores,
    SectionTrainer,
    by_group,
    by_lexicon,
    predict,
    score,
    sequences,
)

CORPORA = ROOT / "corpora"
PAGE = ROOT / "docs" / "models-sections.md"

#: Characters of a document in the speeds.
DOCUMENT = 3000

#: Characters of a block that the baselines look at.
_LIMIT = 240
_MEGABYTE = 1e6
#: First character of the features that carry what the lexicon model says.
_SAID = "L"


# --- what is labelled -------------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """A heading or body with what stands around it.

    Attributes:
        kind: `heading` or `body`.
        words: Folded, without the number.
        before: Words of the block before it.
        after: Words of the block behind it.
        above: Words of the headings over it, the outermost first.
        place: Kind, level, tenth of the text, first or last.
    """

    kind: str
    words: str
    before: str
    after: str
    above: tuple[str, ...]
    place: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A sequence of blocks: for docnlp as `sample`, for the baselines as `rows`.

    Attributes:
        sample: The blocks with docnlp's features and the right labels.
        rows: The blocks as text.
        variant: Whether it is a variant of another document, made for training.
    """

    sample: Sample
    rows: list[Row]
    variant: bool = False


def outline(folded: str, blocks: Sequence[Block]) -> list[Row]:
    """Headings and bodies with what stands around them.

    Args:
        folded: The folded text.
        blocks: Some of its blocks, in order.
    """
    words = [folded[b.marker.end if b.marker else b.start : b.end].strip(" #*-。:")[:_LIMIT] for b in blocks]
    span = max(1, blocks[-1].end - blocks[0].start) if blocks else 1
    stack: list[tuple[int, str]] = []  # open headings
    out = []
    for i, (block, own) in enumerate(zip(blocks, words, strict=True)):
        level = block.level or 1 if block.kind == "heading" else block.marker.level if block.marker else None
        while level is not None and stack and stack[-1][0] >= level:
            stack.pop()
        tenth = min(9, (block.start - blocks[0].start) * 10 // span)
        place = [block.kind, f"{block.kind}{block.level}", f"@{tenth}", f"{block.kind}@{tenth}"]
        place += ["first"] * (i == 0) + ["last"] * (i == len(blocks) - 1)
        before, after = words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
        out.append(Row(block.kind, own, before, after, tuple(w for _, w in stack), tuple(place)))
        if block.kind == "heading":
            stack.append((level or 1, own))
    return out


def cases(corpus: Sequence[CorpusDocument], variant: bool = False) -> list[Case]:
    """Documents as every way sees them.

    Args:
        corpus: Annotated documents.
        variant: Whether they are variants.
    """
    folded = {d.meta["id"]: fold(d.text) for d in corpus}
    return [Case(s, outline(folded[s.document], s.blocks), variant) for s in sequences(corpus)]


def own_documents(samples: Path, gold: Path) -> list[CorpusDocument]:
    """Annotated reports of one's own.

    Args:
        samples: Folder of NAME.txt.
        gold: Folder of NAME.json.

    Raises:
        DocnlpError: There is none, or a file is not as described.
    """
    out = []
    for file in sorted(gold.glob("*.json")):
        try:
            text = (samples / f"{file.stem}.txt").read_text(encoding="utf-8")
            content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            starts = [0]
            for line in text.split("\n"):
                starts.append(starts[-1] + len(line) + 1)
            blocks = tuple(
                GoldBlock(
                    starts[p["line"] - 1] + p["start"],
                    starts[p["line"] - 1] + p["end"],
                    p["kind"],
                    p.get("level"),
                    p["section"],
                    0,
                )
                for p in content["paragraphs"]
            )
            genre = str(content["genre"])
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise DocnlpError(f"读不出标注（{error}）", "写法见 benchmarks/sections.py 开头", file.name) from None
        if unknown := {b.section for b in blocks} - set(SECTIONS):
            raise DocnlpError(
                f"没有这种部分：{'、'.join(sorted(unknown))}", f"可用的有 {'、'.join(SECTIONS)}", file.name
            )
        meta = {"id": file.stem, "group": "", "genre": genre}
        out.append(
            CorpusDocument(meta, text, tuple(sorted(blocks, key=lambda b: b.start)), (), (), (GoldPart(0, genre, ""),))
        )
    if not out:
        raise DocnlpError("文件夹里没有标注（.json 文件）", "请核对 --gold", str(gold))
    return out


# --- ways to label ----------------------------------------------------------------------------------------------------


class Way(Protocol):
    """A way to tell sections apart.

    Attributes:
        name: In Chinese, for the table.
    """

    name: str

    def fit(self, train: Sequence[Case]) -> float:
        """Learn, forgetting what was learnt before; returns the seconds of processor time that it took."""

    def predict(self, data: Sequence[Case]) -> list[list[str]]:
        """A label for each block of each sequence."""

    def work(self, documents: Sequence[Document]) -> None:
        """All that has to be done to label documents whose structure has been read, for timing."""

    def size(self) -> int:
        """Bytes of what was learnt, compressed; 0 where nothing was."""


class Majority:
    """The label that most characters of the training data have."""

    name = "多数类"

    def __init__(self) -> None:
        self._top = ""

    def fit(self, train: Sequence[Case]) -> float:
        """See `Way`."""
        begin = process_time()
        sizes: Counter[str] = Counter()
        for case in train:
            for label, size in zip(case.sample.labels, case.sample.sizes, strict=True):
                sizes[label] += size
        self._top = max(sorted(sizes), key=sizes.__getitem__)
        return process_time() - begin

    def predict(self, data: Sequence[Case]) -> list[list[str]]:
        """See `Way`."""
        return [[self._top] * len(case.rows) for case in data]

    def work(self, documents: Sequence[Document]) -> None:
        """See `Way`."""
        for document in documents:
            _ = [self._top] * len(document.blocks)

    def size(self) -> int:
        """See `Way`."""
        return len(self._top)


class Untrained:
    """What ways that need no training have in common."""

    def fit(self, train: Sequence[Case]) -> float:
        """Nothing to learn."""
        return 0.0

    def size(self) -> int:
        """Nothing was learnt."""
        return 0


class Headings(Untrained):
    """The wording of the nearest heading: the block itself, else the innermost open heading that carries one."""

    name = "标题字样"

    def predict(self, data: Sequence[Case]) -> list[list[str]]:
        """See `Way`."""
        return [by_headings(case.rows) for case in data]

    def work(self, documents: Sequence[Document]) -> None:
        """See `Way`."""
        for document in documents:
            by_headings(outline(document.folded, _real(document)))


def by_headings(blocks: Sequence[Row]) -> list[str]:
    """Labels by the wordings of headings alone; without one `preamble` before the first heading, else `tasks`."""
    out, headed = [], False
    for row in blocks:
        headed = headed or row.kind == "heading"
        over = (row.words, *reversed(row.above)) if row.kind == "heading" else tuple(reversed(row.above))
        found = next((s for s in map(_wording, over) if s is not None), None)
        out.append(found or ("tasks" if headed else "preamble"))
    return out


@cache
def _wording(heading: str) -> str | None:
    found = section_lexicon().match_heading(heading)
    return found.section if found and found.section in LABELS else None


class Lexicon(Untrained):
    """docnlp's own model that needs no training."""

    name = "docnlp 词表（不用模型）"

    def predict(self, data: Sequence[Case]) -> list[list[str]]:
        """See `Way`."""
        return by_lexicon([case.sample for case in data])

    def work(self, documents: Sequence[Document]) -> None:
        """See `Way`."""
        model = LexiconSections(AnalysisOptions())
        for document in documents:
            for part in document.parts:
                model.sections(document, part, _ANY)


#: Speed does not depend on the genre.
_ANY = GenreLabel("plan", None, 1.0)


class TfIdf:
    """TF-IDF of runs of one to three characters and a linear support vector machine, block by block.

    Args:
        name: See `Way`.
        strength: Inverse of the penalty, chosen on training groups only.
        context: Whether the blocks beside it, the headings over it and its place are looked at, each apart.
    """

    def __init__(self, name: str, strength: float, context: bool) -> None:
        self.name, self._strength, self._context = name, strength, context
        self._vectorizers: list[Any] = []
        self._places: list[str] = []
        self._classifier: Any = None

    def fit(self, train: Sequence[Case]) -> float:
        """See `Way`."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.svm import LinearSVC

        begin = process_time()
        blocks = [row for case in train for row in case.rows]
        self._vectorizers = []
        for column in self._columns(blocks):
            vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
            self._vectorizers.append(vectorizer.fit(column))
        self._places = sorted({sign for row in blocks for sign in row.place}) if self._context else []
        self._classifier = LinearSVC(C=self._strength, class_weight="balanced", random_state=0)
        self._classifier.fit(self._matrix(blocks), [label for case in train for label in case.sample.labels])
        return process_time() - begin

    def predict(self, data: Sequence[Case]) -> list[list[str]]:
        """See `Way`."""
        labels = self._label([row for case in data for row in case.rows])
        return [[next(labels) for _ in case.rows] for case in data]

    def work(self, documents: Sequence[Document]) -> None:
        """See `Way`."""
        self._label([row for document in documents for row in outline(document.folded, _real(document))])

    def size(self) -> int:
        """See `Way`."""
        return len(zlib.compress(pickle.dumps((self._vectorizers, self._places, self._classifier))))

    def _label(self, blocks: Sequence[Row]) -> Iterator[str]:
        return iter(self._classifier.predict(self._matrix(blocks)).tolist())

    def _columns(self, blocks: Sequence[Row]) -> list[list[str]]:
        columns = [[row.words for row in blocks]]
        if self._context:
            columns += [
                [row.before for row in blocks],
                [row.after for row in blocks],
                [" ".join(row.above) for row in blocks],
            ]
        return columns

    def _matrix(self, blocks: Sequence[Row]) -> Any:
        from scipy.sparse import hstack

        parts = [v.transform(column) for v, column in zip(self._vectorizers, self._columns(blocks), strict=True)]
        if self._places:
            parts.append(logistic.matrix((row.place for row in blocks), self._places))
        return hstack(parts).tocsr()


class Learner:
    """Fits docnlp's model; ways that share a learner share what it has learnt from the same data.

    Args:
        kept: Which features are looked at, all where it is None.
    """

    def __init__(self, kept: Callable[[str], bool] | None = None) -> None:
        self._kept = kept
        self._train: Sequence[Case] | None = None
        self.seconds = 0.0
        self.content = b""

    def fit(self, train: Sequence[Case]) -> None:
        """Learn, unless these very data were the last ones."""
        if train is self._train:
            return
        begin = process_time()
        self.content = SectionTrainer().fit(self.samples(train))
        self._train, self.seconds = train, process_time() - begin

    def samples(self, data: Sequence[Case]) -> list[Sample]:
        """The sequences with the features that are looked at."""
        kept = self._kept
        if kept is None:
            return [case.sample for case in data]
        return [
            replace(case.sample, features=[[f for f in own if kept(f)] for own in case.sample.features])
            for case in data
        ]


def without_the_lexicon(feature: str) -> bool:
    """Whether a feature is anything but what the lexicon model says."""
    return not feature.startswith(_SAID)


class Docnlp:
    """docnlp's features and logistic regression.

    Args:
        name: See `Way`.
        learner: Fits the model.
        decode: Whether the best sequence is looked for, else each block gets its most probable label.
        originals: Whether variants are left out of the training.
    """

    def __init__(self, name: str, learner: Learner, decode: bool = True, originals: bool = False) -> None:
        self.name, self._learner, self._decode, self._originals = name, learner, decode, originals
        self._model: LinearModel | None = None

    @property
    def model(self) -> LinearModel:
        """What was learnt."""
        assert self._model is not None, "fit first"
        return self._model

    def fit(self, train: Sequence[Case]) -> float:
        """See `Way`."""
        self._learner.fit([case for case in train if not case.variant] if self._originals else train)
        self._model = unpack(self._learner.content, "sections")
        return self._learner.seconds

    def predict(self, data: Sequence[Case]) -> list[list[str]]:
        """See `Way`."""
        samples = self._learner.samples(data)
        return predict(self.model, samples) if self._decode else block_by_block(self.model, samples)

    def work(self, documents: Sequence[Document]) -> None:
        """See `Way`; the sequence is always looked for, since that costs little beside the features."""
        work_of(self.model, documents)

    def size(self) -> int:
        """See `Way`."""
        return len(self._learner.content)


class Shipped(Untrained):
    """The model that comes with the program.

    Args:
        folder: Where it lies.
    """

    name = "docnlp 成品（随程序附带）"

    def __init__(self, folder: Path) -> None:
        self.model = load_sections(folder)
        self._bytes = (folder / FILES["sections"]).stat().st_size

    def predict(self, data: Sequence[Case]) -> list[list[str]]:
        """See `Way`."""
        return predict(self.model, [case.sample for case in data])

    def work(self, documents: Sequence[Document]) -> None:
        """See `Way`."""
        work_of(self.model, documents)

    def size(self) -> int:
        """See `Way`."""
        return self._bytes


def block_by_block(model: LinearModel, data: Sequence[Sample]) -> list[list[str]]:
    """The most probable label of each block by itself."""
    out = []
    for s in data:
        scores = [model.scores(own) for own in s.features]
        out.append([model.labels[max(range(len(row)), key=row.__getitem__)] for row in scores])
    return out


def work_of(model: LinearModel, documents: Sequence[Document]) -> None:
    """All that docnlp does to label documents whose structure has been read."""
    trained = TrainedSections(model, AnalysisOptions())
    for document in documents:
        for part in document.parts:
            trained.sections(document, part, _ANY)


def _real(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind in ("heading", "body")]


# --- measuring --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A way of the table.

    Attributes:
        way: The way.
        folds: Whether it can be trained for groups left out.
        cheap: Whether it is cheap enough to be trained once for each group left out.
    """

    way: Way
    folds: bool = True
    cheap: bool = True


def entries() -> tuple[list[Entry], Docnlp, Shipped | None]:
    """The ways; the one that trains the shipped kind of model; the shipped model, None where there is none."""
    full = Learner()
    retrained = Docnlp("docnlp 全部（重新训练）", full)
    out = [
        Entry(Majority()),
        Entry(Headings()),
        Entry(Lexicon()),
        Entry(TfIdf("TF-IDF，逐段", 0.3, context=False)),
        Entry(TfIdf("TF-IDF，加上下文", 0.1, context=True), cheap=False),
        Entry(Docnlp("docnlp 不用变体训练", Learner(), originals=True)),
        Entry(Docnlp("docnlp 不看词表的判断", Learner(without_the_lexicon)), folds=False),
        Entry(Docnlp("docnlp 逐段，不看整篇", full, decode=False), cheap=False),
        Entry(retrained, cheap=False),
    ]
    folder = folder_of("sections", None)
    shipped = Shipped(folder) if folder is not None else None
    if shipped is not None:
        out.append(Entry(shipped, folds=False))
    return out, retrained, shipped


@dataclass
class Result:
    """What came of one way.

    Attributes:
        name: In Chinese.
        seconds: Of training.
        speed: Documents of `DOCUMENT` characters a second, without reading the structure.
        size: Bytes of what was learnt.
        test: Scores of the test groups.
        groups: Scores of each test group.
        documents: Share of characters that are right, a number for each test document.
        own: Scores of the user's own reports.
        left: Macro F1 of each group by what was trained without it.
        folds: In how many rounds they were left out.
    """

    name: str
    test: Scores
    seconds: float = 0.0
    speed: float = 0.0
    size: int = 0
    groups: Mapping[str, Scores] = field(default_factory=dict)
    documents: Sequence[float] = ()
    own: Scores | None = None
    left: Mapping[str, float] = field(default_factory=dict)
    folds: int = 0


def measure(
    way: Way, train: Sequence[Case], test: Sequence[Case], own: Sequence[Case], documents: Sequence[Document]
) -> Result:
    """Train a way and score it.

    Args:
        way: The way.
        train: What is learnt from.
        test: Held-out sequences.
        own: Sequences of the user's reports.
        documents: Documents to time it on.
    """
    seconds = way.fit(train)
    samples = [case.sample for case in test]
    found = way.predict(test)
    return Result(
        way.name,
        score(samples, found),
        seconds,
        speed(way, documents),
        way.size(),
        by_group(samples, found),
        by_document(samples, found),
        score([case.sample for case in own], way.predict(own)) if own else None,
    )


def by_document(data: Sequence[Sample], predicted: Sequence[Sequence[str]]) -> list[float]:
    """Share of characters that are right, a number a document, in the order of the documents."""
    pieces: defaultdict[str, list[tuple[Sample, Sequence[str]]]] = defaultdict(list)
    for s, labels in zip(data, predicted, strict=True):
        pieces[s.document].append((s, labels))
    return [score([s for s, _ in own], [labels for _, labels in own]).accuracy for own in pieces.values()]


def speed(way: Way, documents: Sequence[Document], rounds: int = 3) -> float:
    """Documents of `DOCUMENT` characters that a way labels in a second of processor time; median of rounds.

    Args:
        way: The way, trained.
        documents: To be labelled in one batch; their structure has been read.
        rounds: How often.
    """
    characters = sum(len(document.folded) for document in documents)  # made once, by whoever first asks
    times = []
    for _ in range(rounds):
        begin = process_time()
        way.work(documents)
        times.append(process_time() - begin)
    return characters / DOCUMENT / max(median(times), 1e-9)


def folds(groups: Iterable[str], count: int) -> list[set[str]]:
    """Groups dealt out in turn.

    Args:
        groups: Their names.
        count: How many folds; one for each group where it is 0.
    """
    names = sorted(set(groups))
    count = min(count, len(names)) or len(names)
    return [set(names[k::count]) for k in range(count)]


def leave_out(ways: Sequence[Way], data: Sequence[Case], count: int) -> dict[str, dict[str, float]]:
    """Macro F1 of every group by what was trained without its fold.

    Args:
        ways: Those that share a model stand behind one another.
        data: All sequences; variants are only trained on.
        count: See `folds`.

    Returns:
        Name of the way to group to macro F1.
    """
    out: dict[str, dict[str, float]] = {way.name: {} for way in ways}
    for inside in folds((case.sample.group for case in data), count):
        train = [case for case in data if case.sample.group not in inside]
        test = [case for case in data if case.sample.group in inside and not case.variant]
        samples = [case.sample for case in test]
        for way in ways:
            way.fit(train)
            scores = by_group(samples, way.predict(test))
            out[way.name] |= {group: s.macro_f1 for group, s in scores.items()}
        say(f"  留出 {'、'.join(sorted(inside))}")
    return out


def confidences(model: LinearModel, data: Sequence[Sample], temperature: float) -> tuple[list[float], list[bool]]:
    """How sure a model is of the label that each block gets, and whether it is right.

    Args:
        model: The model.
        data: Sequences with the right labels.
        temperature: What log probabilities are divided by.
    """
    trained = TrainedSections(model, AnalysisOptions())
    sure, right = [], []
    for s in data:
        emissions = [softmax(model.scores(own)) for own in s.features]
        path = trained.decode(emissions, s.blocks)
        for k, probabilities, label in zip(path, emissions, s.labels, strict=True):
            sure.append(softmax([log(max(p, 1e-9)) / temperature for p in probabilities])[k])
            right.append(model.labels[k] == label)
    return sure, right


def in_use(corpus: Sequence[CorpusDocument]) -> Scores:
    """Scores of what a user gets who sets nothing: every character that is no blank, frame with the rest, genre as docnlp
    believes it."""
    data, found = [], []
    for item in corpus:
        analysis = analyse(build(source_from_text(item.text, f"{item.meta['id']}.txt")))
        pairs: Counter[tuple[str, str]] = Counter()
        for block in item.blocks:
            for at in range(block.start, block.end):
                if not item.text[at].isspace():
                    pairs[block.section, analysis.section_at(at) or ""] += 1
        labels = [label for label, _ in pairs]
        data.append(Sample(item.meta["group"], item.meta["id"], [], [], labels, list(pairs.values()), []))
        found.append([got for _, got in pairs])
    return score(data, found)


def same_weights(one: LinearModel, other: LinearModel) -> bool:
    """Whether two models give the same labels to anything; their temperature may differ."""
    apart = {"temperature", "sha256"}
    left, right = ({k: v for k, v in m.meta.items() if k not in apart} for m in (one, other))
    return left == right and replace(one, meta={}) == replace(other, meta={})


# --- the page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """What the tables say beside the results.

    Attributes:
        train: Documents trained on.
        extra: How many variants of them.
        test: Documents tested on.
        own: The user's own reports.
        sizes: Characters of each section in the test documents.
        own_sizes: Those in the user's reports.
        best: Name of the way whose sections are listed one by one.
        calibration: Lines on confidence.
        used: Lines on the program as it is used.
        notes: What else the reader should know, a line each.
    """

    train: Sequence[CorpusDocument]
    extra: int
    test: Sequence[CorpusDocument]
    own: Sequence[CorpusDocument]
    sizes: Mapping[str, int]
    own_sizes: Mapping[str, int]
    best: str
    calibration: Sequence[str]
    used: Sequence[str]
    notes: Sequence[str]


def tables(results: Sequence[Result], facts: Facts) -> str:
    """The generated part of the page.

    Args:
        results: Of the ways, in the order of the table.
        facts: What else there is to say.
    """
    groups = sorted({d.meta["group"] for d in facts.test})
    names = sorted({d.meta["group"] for d in facts.train})
    head = ["方法", "准确率", "F1", "训练 秒", "份/秒", "大小 MB"]
    if facts.own:
        head += ["真实公文 准确率", "F1"]
    first, third = [], []
    for r in results:
        line = [r.name, number(r.test.accuracy), number(r.test.macro_f1), *_cost(r)]
        if facts.own and r.own is not None:
            line += [number(r.own.accuracy), number(r.own.macro_f1)]
        first.append(line)
        low, middle, high = quartiles(r.documents)
        left = list(r.left.values())
        spread = [str(r.folds), number(mean(left)), f"{number(min(left))}～{number(max(left))}"] if left else ["—"] * 3
        by = [number(r.groups[g].macro_f1) for g in groups]
        third.append([r.name, *by, number(low), number(middle), number(high), number(min(r.documents)), *spread])
    lines = [
        f"docnlp {__version__}，Python {platform.python_version()}，{os.cpu_count()} 核，{date.today().isoformat()}。",
        f"训练：{'、'.join(names)} 组，{len(facts.train)} 份，{sum(len(d.text) for d in facts.train):,} 字，另有 {facts.extra:,} 份变体。",
        f"测试：{'、'.join(groups)} 组，{len(facts.test)} 份，{sum(facts.sizes.values()):,} 字（不计标题、落款等）。",
    ]
    if facts.own:
        lines.append(
            f"真实公文：{len(facts.own)} 份，{sum(facts.own_sizes.values()):,} 字（不计标题、落款等），不随项目分发。"
        )
    lines += ["", "### 得分", "", *rows(head, first), "", "### 各部分", "", f"{facts.best}，各部分的 F1：", ""]
    lines += section_table(next(r for r in results if r.name == facts.best), facts)
    lines += ["", "### 分散的程度", ""]
    head = [
        "方法",
        *(f"{g} 组 F1" for g in groups),
        "逐份准确率：下四分位",
        "中位数",
        "上四分位",
        "最低",
        "轮流留出：几轮",
        "各组 F1 平均",
        "最低～最高",
    ]
    lines += rows(head, third)
    for title, content in (("把握", facts.calibration), ("实际使用", facts.used)):
        if content:
            lines += ["", f"### {title}", "", *content]
    if facts.notes:
        lines += ["", *(f"- {note}" for note in facts.notes)]
    return "\n".join(lines)


def section_table(result: Result, facts: Facts) -> list[str]:
    """F1 of each section."""
    head = ["部分", "字数", "F1"]
    if facts.own:
        head += ["真实公文 字数", "F1"]
    body = []
    for section in LABELS:
        if section not in facts.sizes and section not in facts.own_sizes:
            continue
        line = [SECTION_NAMES[section], f"{facts.sizes.get(section, 0):,}", number(result.test.f1.get(section))]
        if facts.own and result.own is not None:
            line += [f"{facts.own_sizes.get(section, 0):,}", number(result.own.f1.get(section))]
        body.append(line)
    return rows(head, body)


def _cost(result: Result) -> list[str]:
    """Seconds of training, speed and size; a dash where there is nothing worth saying."""
    fast = "—" if result.speed > 1e5 else f"{result.speed:,.0f}"
    large = f"{result.size / _MEGABYTE:.2f}" if result.size > _MEGABYTE / 200 else "—"
    return [f"{result.seconds:.1f}" if result.seconds >= 0.05 else "—", fast, large]


def calibration_lines(model: LinearModel, test: Sequence[Case], own: Sequence[Case]) -> list[str]:
    """Expected calibration error before and after the temperature."""
    heat = float(model.meta["temperature"])
    sets = [("测试组", test), *([("真实公文", own)] if own else [])]
    body = []
    for name, data in sets:
        samples = [case.sample for case in data]
        cold, right = confidences(model, samples, 1.0)
        warm, _ = confidences(model, samples, heat)
        body.append([name, f"{len(right):,}", number(mean(right)), number(mean(cold)), number(calibration_error(cold, right)), number(mean(warm)), number(calibration_error(warm, right))])  # fmt: skip
    return [
        f"把握（0 到 1）和判断对的机会差多少：期望校准误差，分 10 档，按段计。校准的温度是 {heat:g}，在训练组里定的。",
        "",
        *rows(["文稿", "段数", "判断对的", "校准前 平均把握", "误差", "校准后 平均把握", "误差"], body),
    ]


def used_lines(test: Sequence[CorpusDocument], own: Sequence[CorpusDocument]) -> list[str]:
    """Scores of the program as it is used."""
    sets = [("测试组", test), *([("真实公文", own)] if own else [])]
    body = []
    for name, corpus in sets:
        scores = in_use(corpus)
        body.append([name, number(scores.accuracy), number(scores.macro_f1)])
    return [
        "什么都不设置时 `docnlp parse` 的结果：文种由程序自己判断，标题、落款等也算一类，空白不计。",
        "",
        *rows(["文稿", "准确率", "F1"], body),
    ]


def number(value: float | None) -> str:
    """A share as the tables show it; a dash for None."""
    return "—" if value is None else f"{value:.3f}".removeprefix("0")


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile."""
    if len(values) < 2:
        return (values[0],) * 3
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high


def sizes_of(data: Iterable[Case]) -> Counter[str]:
    """Characters of each section."""
    out: Counter[str] = Counter()
    for case in data:
        for label, size in zip(case.sample.labels, case.sample.sizes, strict=True):
            out[label] += size
    return out


def run(options: argparse.Namespace) -> str:
    """Measure; returns the tables.

    Raises:
        DocnlpError: Files are not as they should be.
    """
    corpus = load_corpus(sorted(p for p in CORPORA.iterdir() if p.is_dir()))
    kept = held_out_groups([CORPORA])
    train = [d for d in corpus if d.meta["group"] not in kept]
    if options.quick:
        few = sorted({d.meta["group"] for d in train})[:2]
        train = [d for d in train if d.meta["group"] in few]
    test = [d for d in corpus if d.meta["group"] in kept]
    own = own_documents(options.samples, options.gold) if options.gold else []
    say("取特征…")
    begin = process_time()
    more = variants(train)
    learnt = [*cases(train), *cases(more, variant=True)]
    seconds = process_time() - begin
    unseen, theirs = cases(test), cases(own)
    documents = [build(source_from_text(d.text, f"{d.meta['id']}.txt")) for d in test]
    ways, retrained, shipped = entries()
    results = {}
    for entry in ways:
        say(f"{entry.way.name}…")
        r = results[entry.way.name] = measure(entry.way, learnt, unseen, theirs, documents)
        say(f"  准确率 {r.test.accuracy:.3f}，F1 {r.test.macro_f1:.3f}，训练 {r.seconds:.0f} 秒")
    notes = [
        f"训练的秒数从读出结构、取好特征算起；造变体、读结构、取 docnlp 的特征，另要 {seconds:.0f} 秒。",
        "份/秒是单进程，一份按 3,000 字计，一批做完，从读出结构算起；读结构的速度见 models-speed.md。逐段的和看整篇的 docnlp 按看整篇计。",
    ]
    if shipped is None:
        notes.append("没有随程序附带的 sections.model：各部分、校准和实际使用没有成品的数字。")
    else:
        same = same_weights(shipped.model, retrained.model)
        notes.append(f"随程序附带的 sections.model 和这里重新训练出来的，权重{'完全相同' if same else '不同'}。")
    if not options.quick:
        everything = [*learnt, *unseen, *cases(variants(test), variant=True)]
        for cheap, count in ((True, 0), (False, options.folds)):
            chosen = [entry.way for entry in ways if entry.folds and entry.cheap == cheap]
            say(f"轮流留出：{'、'.join(way.name for way in chosen)}…")
            groups = len(folds((case.sample.group for case in everything), count))
            for name, left in leave_out(chosen, everything, count).items():
                results[name].left, results[name].folds = left, groups
    best = shipped or retrained
    facts = Facts(
        train, len(more), test, own, sizes_of(unseen), sizes_of(theirs), best.name,
        calibration_lines(shipped.model, unseen, theirs) if shipped else [], used_lines(test, own) if shipped else [], notes,
    )  # fmt: skip
    return tables(list(results.values()), facts)


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the page; the exit status is 2 where that is not possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, metavar="DIR", help="reports of your own")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="what is annotated in them")
    parser.add_argument(
        "--folds", type=int, default=0, help="rounds in which the slow ways leave groups out (default: one a group)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="few training documents, nothing left out in turn; prints only"
    )
    parser.add_argument("--print", action="store_true", help="print the tables without writing the page")
    options = parser.parse_args(arguments)
    if (options.samples is None) != (options.gold is None):
        parser.error("--samples and --gold go together")
    if options.folds < 0 or options.folds == 1:
        parser.error("--folds is 0 (one a group) or at least 2")
    try:
        text = run(options)
        print(text)
        if not (options.quick or options.print):
            write(PAGE, "benchmarks.sections", text)
            say(f"{PAGE.relative_to(ROOT)}")
    except DocnlpError as error:
        say(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
