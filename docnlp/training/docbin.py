"""A corpus as spaCy's DocBin, to train and to score spaCy pipelines with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docnlp.analysis.base import GENRES
from docnlp.training.markup import CorpusDocument


def to_docbin(corpus: Iterable[CorpusDocument]) -> bytes:
    """The documents as a DocBin, tokenised by characters as `spacy.blank("zh")` does.

    Every `Doc` has the text as it is, and

    - `doc.spans["sections"]`: a span for each block, labelled with its section; `span.id_` is its kind, for a heading
      with the level behind it (`body`, `heading/1`);
    - `doc.spans["slogans"]`: labelled with the type;
    - `doc.cats`: 1.0 for the genre of the first part, 0.0 for the others;
    - `doc.user_data`: the front matter as `meta`; `parts` with the place of each one; `faults` with their places,
      family and cure; the `missing` sections. Places are offsets of characters.

    Args:
        corpus: Documents.
    """
    import spacy
    from spacy.tokens import Doc, DocBin, Span

    def spans(doc: Doc, text: str, found: Iterable[tuple[int, int, str, str]]) -> list[Span]:
        out = []
        for start, end, label, name in found:
            words = text[start:end]
            left, right = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
            if left < right:  # blanks at the edges may share a token with their neighbours
                span = doc.char_span(left, right, label=label, span_id=name)
                assert span is not None, "every character that is no blank is a token"
                out.append(span)
        return out

    nlp = spacy.blank("zh")
    content = DocBin(attrs=("ORTH", "SPACY"), store_user_data=True)
    for document in corpus:
        doc = nlp.make_doc(document.text)
        blocks = [(b.start, b.end, b.section, f"{b.kind}/{b.level}" if b.level else b.kind) for b in document.blocks]
        slogans = [(s.start, s.end, s.type, "") for s in document.slogans]
        doc.spans["sections"] = spans(doc, document.text, blocks)
        doc.spans["slogans"] = spans(doc, document.text, slogans)
        doc.cats = {genre: float(genre == document.parts[0].genre) for genre in GENRES}
        doc.user_data |= {
            "meta": dict(document.meta),
            "parts": _parts(document),
            "faults": [{"start": f.start, "end": f.end, "family": f.family, "cure": f.cure} for f in document.faults],
            "missing": list(document.missing),
        }
        content.add(doc)
    data: bytes = content.to_bytes()
    return data


def _parts(document: CorpusDocument) -> Sequence[dict[str, str | int]]:
    firsts = [part.first for part in document.parts]
    lasts = [first - 1 for first in firsts[1:]] + [len(document.blocks) - 1]
    blocks = document.blocks
    return [
        {"start": blocks[part.first].start, "end": blocks[last].end, "genre": part.genre, "subgenre": part.subgenre}
        for part, last in zip(document.parts, lasts, strict=True)
    ]
