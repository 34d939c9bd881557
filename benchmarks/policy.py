"""How well POL, TYP and CON do on the corpus and on the dated sentences.

    python -m benchmarks.policy [--family POL,TYP,CON] [--sentences] [--period] [--speed] [--show]

Clean documents at their own date: findings of severity error or warning a document. Planted faults: how many are
found. Sentences: precision and recall at the date of each. Period: how often the estimated year is within two years
of the true one. Speed: bytes of UTF-8 a second, all three families together, one process. Without a choice: all.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from docnlp.analysis import analyse
from docnlp.analysis.period import writing_period
from docnlp.checker import options_of, run_rules
from docnlp.document.build import build
from docnlp.filters import FilterContext, drop_overlaps
from docnlp.readers.plain import source_from_text
from docnlp.rules import all_rules
from docnlp.rules.base import Context, Finding, Rule
from docnlp.settings import Settings
from docnlp.testing import unmark
from docnlp.training.markup import CorpusDocument, load_corpus

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "policy_sentences"
SETTINGS = Settings()


def rules_of(families: Iterable[str]) -> list[Rule]:
    """Rules of these families that run by default."""
    wanted = tuple(families)
    return [rule for rule in all_rules() if rule.code.startswith(wanted) and rule.enabled]


def findings(text: str, day: date, rules: Sequence[Rule], path: str = "x.txt") -> list[Finding]:
    """Errors and warnings of the rules on a text."""
    document = build(source_from_text(text, path))
    context = Context(document, analyse(document, SETTINGS.analysis), day, options_of(SETTINGS))
    found, crashed = run_rules(rules, context, SETTINGS)
    if crashed:
        raise RuntimeError(f"rules crashed: {crashed}")
    kept = drop_overlaps(found, FilterContext(context, SETTINGS, tuple(rule.code for rule in rules)))
    return [f for f in kept if f.severity != "info"]


def _near(finding: Finding, start: int, end: int) -> bool:
    return (
        finding.start is not None
        and finding.end is not None
        and finding.start < max(end, start + 1) + 1
        and start < finding.end + 1
    )


def corpus_report(corpus: Sequence[CorpusDocument], family: str, show: bool) -> str:
    """A family on clean documents and on planted faults."""
    rules = rules_of([family])
    clean = noisy = planted = hit = cured = 0
    codes: Counter[str] = Counter()
    for document in corpus:
        faults = [f for f in document.faults if f.family == family]
        if document.meta["quality"] != "clean" and not faults:
            continue
        found = findings(document.text, document.date, rules)
        if document.meta["quality"] == "clean":
            clean += 1
            noisy += len(found)
            for f in found:
                codes[f.code] += 1
                if show:
                    print(f"  clean {document.path} {f.code} {f.text!r} {f.message[:60]}")
        for fault in faults:
            near = [f for f in found if _near(f, fault.start, fault.end)]
            planted += 1
            hit += bool(near)
            cured += any(
                fault.cure and f.suggestions and (fault.cure in f.suggestions[0] or f.suggestions[0] in fault.cure)
                for f in near
            )
            if show and not near:
                words = document.text[max(fault.start - 12, 0) : fault.end + 12].replace("\n", "/")
                print(
                    f"  missed {document.path} {document.date} {document.text[fault.start : fault.end]!r} => {fault.cure!r}: {words}"
                )
    share = f"{hit / planted:.3f}" if planted else "–"
    return f"{family}: clean {clean} documents, {noisy / max(clean, 1):.3f} findings each {dict(codes)}; planted {planted}, found {share}, cure first {cured / max(hit, 1):.3f}"


def sentence_report(path: Path, show: bool) -> str:
    """Precision and recall on a file of dated sentences."""
    rules = rules_of(["POL"])
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]
    right = wrong = missed = 0
    for row in rows:
        text, spans = unmark(row["text"])
        found = findings(text, row["as_of"], rules)
        hits = [any(_near(f, *span) for f in found) for span in spans]
        extra = [f for f in found if not any(_near(f, *span) for span in spans)]
        right += sum(hits)
        missed += len(hits) - sum(hits)
        wrong += len(extra)
        if show and (extra or not all(hits)):
            said = [(f.code, f.text) for f in extra]
            print(
                f"  {row['as_of']} {row.get('fact')} {row['text']} {'MISSED' if not all(hits) else ''} {said or ''} | {row['why']}"
            )
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return f"{path.name}: {len(rows)} sentences, precision {precision:.3f}, recall {recall:.3f} ({right} right, {wrong} false, {missed} missed)"


def period_report(corpus: Sequence[CorpusDocument], show: bool) -> str:
    """How near the estimated year is to the true one, over documents without faults of POL."""
    known = near = inside = 0
    for document in corpus:
        if any(f.family == "POL" for f in document.faults):
            continue
        period = writing_period(build(source_from_text(document.text, "x.txt")))
        if period is None:
            continue
        known += 1
        good = abs(period.year - document.date.year) <= 2
        near += good
        inside += period.first <= document.date.year <= period.last
        if show and not good:
            words = "、".join(clue.words for clue in period.clues)
            print(
                f"  {document.path} {document.date} estimated {period.first}–{period.last} ({period.year}): {words[:120]}"
            )
    return f"period: {known} documents with dated phrases, year within 2: {near / max(known, 1):.3f}, true year inside: {inside / max(known, 1):.3f}"


def speed_report(corpus: Sequence[CorpusDocument]) -> str:
    """Bytes a second of the rules alone, in the middle of a batch: documents and analyses are made beforehand.

    The rules run first over the second half of the corpus, so that what they load is loaded; the first half, which is
    measured, they have not seen.
    """
    rules = rules_of(["POL", "TYP", "CON"])
    middle = len(corpus) // 2
    for document in corpus[middle:]:
        run_rules(rules, _context(document), SETTINGS)
    contexts = [_context(document) for document in corpus[:middle]]
    size = sum(len(context.text.encode()) for context in contexts)
    begin = time.process_time()
    for context in contexts:
        run_rules(rules, context, SETTINGS)
    seconds = time.process_time() - begin
    return f"speed: {size / seconds / 1e6:.2f} MB/s over {size / 1e6:.2f} MB in {middle} documents, {len(rules)} rules"


def _context(document: CorpusDocument) -> Context:
    """A document ready for rules."""
    built = build(source_from_text(document.text, "x.txt"))
    context = Context(built, analyse(built, SETTINGS.analysis), document.date, options_of(SETTINGS))
    assert context.analysis.sections is not None
    _ = context.folded, context.protected
    return context


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--family", default="")
    parser.add_argument("--sentences", nargs="?", const="open,locked,fresh,second", default="")
    parser.add_argument("--period", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    everything = not (args.family or args.sentences or args.period or args.speed)
    if args.sentences or everything:
        for name in (args.sentences or "open,locked,fresh,second").split(","):
            print(sentence_report(SENTENCES / f"{name}.toml", args.show))
    if not (args.family or args.period or args.speed or everything):
        return
    corpus = load_corpus([ROOT / "corpora"])
    for family in (args.family or ("POL,TYP,CON" if everything else "")).split(","):
        if family:
            print(corpus_report(corpus, family, args.show))
    if args.period or everything:
        print(period_report(corpus, args.show))
    if args.speed or everything:
        print(speed_report(corpus))


if __name__ == "__main__":
    main()
