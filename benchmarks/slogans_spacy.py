"""spaCy's own components for spans, `ner` and `spancat`, trained from nothing on single lines of the corpus."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from time import process_time
from typing import Any, cast

from benchmarks.slogans_common import Found, need, splitter
from benchmarks.slogans_tagging import pieces
from docnlp.analysis.base import SloganType
from docnlp.document.model import Document
from docnlp.text.folding import fold
from docnlp.training.markup import CorpusDocument

#: Longer lines are cut behind a full stop.
LONGEST = 160

#: Characters of the longest span that spancat looks at.
WIDEST = 24

KEY = "slogans"
SUGGESTER = "docnlp_bench.words.v1"

#: Characters by their written form alone; four layers that see two neighbours on each side.
TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": ["NORM"], "rows": [4000], "include_static_vectors": False,
    },
    "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 2, "maxout_pieces": 3},
}  # fmt: skip


def stretches(text: str) -> Iterable[tuple[int, int]]:
    """[start, end) of the lines, long ones cut behind a full stop."""
    for start, end in pieces(text):
        at = start
        while end - at > LONGEST:
            cut = text.rfind("。", at, at + LONGEST) + 1
            if cut == 0:
                cut = text.find("。", at, end) + 1 or end
            yield at, cut
            at = cut
        if at < end:
            yield at, end


def candidates(text: str) -> list[tuple[int, int]]:
    """Spans that may be a slogan: from one word's start to another's end, up to 24 characters, no full stop inside.

    Args:
        text: A line.
    """
    bounds = {0, len(text)}
    for _, start, end in splitter().tokenize(text):
        bounds.update((start, end))
    for i, char in enumerate(text):
        if char in "“”、，,。；！":
            bounds.update((i, i + 1))
    places = sorted(bounds)
    out = []
    for k, start in enumerate(places):
        if start == len(text) or text[start] in "、，,。；：！”）)":
            continue
        for end in places[k + 1 :]:
            if end - start > WIDEST or text[end - 1] in "。；！":
                break
            if end - start >= 2 and text[end - 1] not in "、，,：“（(":
                out.append((start, end))
    return out


def register() -> None:
    """Make `candidates` known to spaCy as a suggester."""
    spacy, thinc, numpy = need("spacy"), need("thinc.api"), need("numpy")
    if SUGGESTER in spacy.registry.misc.get_all():
        return

    def suggest(docs: Iterable[Any], *, ops: Any = None) -> Any:
        ops = ops or thinc.get_current_ops()
        spans, lengths = [], []
        for doc in docs:
            found = candidates(doc.text)
            # a run of blanks is one token for spaCy
            token = {t.idx: t.i for t in doc}
            own = [(token[a], token[b] if b in token else len(doc)) for a, b in found if a in token and (b in token or b == len(doc.text))]
            spans += own
            lengths.append(len(own))
        array = numpy.asarray(spans, dtype="i").reshape(len(spans), 2)
        return thinc.Ragged(ops.asarray(array), ops.asarray1i(lengths))

    spacy.registry.misc(SUGGESTER, func=lambda: suggest)


class SpacyModel:
    """Base of the two components.

    Args:
        seconds: Training ends with the epoch that goes over this.
        epochs: Rounds over the training lines at most.
    """

    name: str
    batch = 48

    def __init__(self, seconds: float = 300, epochs: int = 12) -> None:
        self.seconds, self.epochs = seconds, epochs
        self.done = 0
        self._nlp: Any = None

    def pipeline(self) -> Any:
        """A blank pipeline with the component."""
        raise NotImplementedError

    def annotate(self, doc: Any, spans: list[Any]) -> None:
        """Write the right spans into a document."""
        raise NotImplementedError

    def read(self, doc: Any) -> list[Any]:
        """The spans that the component found."""
        raise NotImplementedError

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """See `Method`."""
        spacy, training = need("spacy"), need("spacy.training")
        spacy.util.fix_random_seed(0)
        chance = random.Random(0)
        nlp = self.pipeline()
        examples = []
        for document in train:
            for start, end in stretches(document.text):
                reference = nlp.make_doc(fold(document.text[start:end]))
                spans = [
                    reference.char_span(s.start - start, s.end - start, label=s.type)
                    for s in document.slogans
                    if start <= s.start and s.end <= end
                ]
                self.annotate(reference, [s for s in spans if s is not None])
                examples.append(training.Example(nlp.make_doc(reference.text), reference))
        optimizer = nlp.initialize(lambda: examples)
        begin = process_time()
        for epoch in range(1, self.epochs + 1):
            chance.shuffle(examples)
            losses: dict[str, float] = {}
            for i in range(0, len(examples), self.batch):
                nlp.update(examples[i : i + self.batch], sgd=optimizer, drop=0.2, losses=losses)
            took = process_time() - begin
            self.done = epoch
            print(f"  {self.name} 第 {epoch} 轮，{took:.0f} 秒，损失 {sum(losses.values()):.0f}", file=sys.stderr, flush=True)
            if took * (epoch + 1) / epoch > self.seconds:
                break
        self._nlp = nlp

    def extract(self, text: str, document: Document) -> list[Found]:
        """See `Method`."""
        places = list(stretches(text))
        out = []
        for (start, _), doc in zip(places, self._nlp.pipe(fold(text[a:b]) for a, b in places), strict=True):
            for span in self.read(doc):
                out.append(Found(start + span.start_char, start + span.end_char, cast("SloganType", span.label_)))
        return sorted(out)


class SpacyNer(SpacyModel):
    """Transition-based `ner`."""

    name = "spaCy ner"

    def pipeline(self) -> Any:
        """See `SpacyModel`."""
        nlp = need("spacy").blank("zh")
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": True, "hidden_width": 64,
            "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": TOK2VEC,
        }  # fmt: skip
        nlp.add_pipe("ner", config={"model": model})
        return nlp

    def annotate(self, doc: Any, spans: list[Any]) -> None:
        """See `SpacyModel`."""
        doc.ents = spans

    def read(self, doc: Any) -> list[Any]:
        """See `SpacyModel`."""
        return list(doc.ents)


class SpacySpancat(SpacyModel):
    """`spancat_singlelabel` over spans between word boundaries; of spans that overlap the more probable stays."""

    name = "spaCy spancat"

    def pipeline(self) -> Any:
        """See `SpacyModel`."""
        register()
        nlp = need("spacy").blank("zh")
        model = {
            "@architectures": "spacy.SpanCategorizer.v1",
            "tok2vec": TOK2VEC,
            "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 96},
            "scorer": {"@layers": "Softmax.v2"},
        }
        config = {"spans_key": KEY, "suggester": {"@misc": SUGGESTER}, "model": model, "allow_overlap": False}
        nlp.add_pipe("spancat_singlelabel", config=config)
        return nlp

    def annotate(self, doc: Any, spans: list[Any]) -> None:
        """See `SpacyModel`."""
        doc.spans[KEY] = spans

    def read(self, doc: Any) -> list[Any]:
        """See `SpacyModel`."""
        return list(doc.spans.get(KEY, []))
