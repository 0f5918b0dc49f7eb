"""Cross-validated figures, and the weight tables with --write. See the package's docstring."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.candidates import Reading
from pipeline.casualties import counted
from pipeline.deciders.merging import CROSSES as PAIR_CROSSES
from pipeline.deciders.merging import CUT, Merging
from pipeline.deciders.merging import WEIGHTS as PAIR_WEIGHTS
from pipeline.deciders.model import THRESHOLD, WEIGHTS, ModelDecider
from pipeline.deciders.settling import settle
from pipeline.intake.articles import ArticleReader, input_files
from pipeline.kit import Kit, load_kit
from pipeline.linear import BIAS, Linear, probability_of
from pipeline.measuring.evaluate import Evaluation, scored
from pipeline.measuring.scoring import Measures
from pipeline.order import read_article
from pipeline.reading.features import Crosses
from pipeline.reading.tables import WEIGHTS as READING
from pipeline.reading.wording import Wording
from pipeline.records import Article
from pipeline.retelling import completed
from pipeline.rows import report_rows
from pipeline.training.choice import chosen
from pipeline.training.fit import fitted
from pipeline.training.samples import ELSEWHERE, RETOLD, Samples, samples, with_models
from pipeline.training.sides import fitted_sides
from pipeline.training.tellings import pair_samples
from pipeline.training.tolls import toll_samples

FOLDS = 3
TOLL_THRESHOLD = 0.4  # confidence from which a candidate is an event, for what the tolls are learned from
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
CHOICE_PENALTY = 6.0  # of days, places and sub-event types
PENALTIES = {"listed": 0.1, "agent": 0.2, "target": 0.2, "sides": 0.1, "decision": 0.04, "pair": 0.02, "toll": 0.03,
             "injury": 0.03}  # fmt: skip
WEIGHTS_OF = {1: 1.0, 0: 1.0, RETOLD: 0.2, ELSEWHERE: 0.7}
LEAST = {"day": 5, "place": 4, "kind": 6, "listed": 5, "sides": 5, "decision": 5, "pair": 8, "toll": 4, "injury": 4}
PAIR_CUT = 0.5  # of 0, 0.5 and 1 the best on the development gold, cross-validated; the merging weighs by log-odds


@dataclass
class Gold:
    """One hand-coded article: its reading and its events."""

    reading: Reading
    events: list[dict[str, Any]]
    fold: int


def main(articles: Path, gold: Path, more: Annotated[list[Path], typer.Option()] = [], write: bool = False) -> None:  # noqa: B006
    """Print figures by threshold; with --write replace the weight tables by ones fitted on all articles.

    --more ARTICLES --more GOLD adds hand-coded articles that are only learned from, never measured on.
    """
    kit, measures = load_kit(decider="rules"), Measures.load(gold.parent / "actor_aliases.csv")
    rows = _read(articles, gold, kit)
    extra = [g for pair in zip(more[::2], more[1::2], strict=True) for g in _read(*pair, kit)]
    held_out = []
    for fold in range(FOLDS):
        models = _models([*(g for g in rows if g.fold != fold), *extra], kit, measures)
        for gold_row in (g for g in rows if g.fold == fold):
            held_out.append((gold_row, _sample(gold_row, kit, models, measures).candidates, models))
    best = max(THRESHOLDS, key=lambda t: _print(t, _evaluated(held_out, t, kit, measures)))
    print(f"threshold {best}")
    if write:
        models = _models([*rows, *extra], kit, measures)
        for name in ("day", "place", "listed", "agent", "target", "sides", "toll", "injury", "kind"):
            _write(READING / f"{name}_weights.csv", models[name], {})
        _write(WEIGHTS, models["decision"], {THRESHOLD: best})
        _write(PAIR_WEIGHTS, models["pair"], {CUT: PAIR_CUT})


def _read(articles: Path, gold: Path, kit: Kit) -> list[Gold]:
    events = {row["id"]: row["events"] for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    rows = []
    for article in ArticleReader(input_files([articles])):
        if not isinstance(article, Article):
            raise SystemExit(f"{articles}: {article}")
        if article.id not in events:
            continue
        fold = int(hashlib.md5(article.id.encode()).hexdigest(), 16) % FOLDS
        rows.append(Gold(read_article(article, kit)[0], events[article.id], fold))
    return rows


@cache
def _wording() -> Wording:
    return Wording.load()


def _sample(gold: Gold, kit: Kit, models: dict[str, Linear], measures: Measures) -> Samples:
    tables = with_models(kit.language.reading, models)
    return samples(gold.reading, gold.events, kit, tables, Crosses.load(), _wording(), measures)


def _models(rows: list[Gold], kit: Kit, measures: Measures) -> dict[str, Linear]:
    """Place and side models in two rounds, since each trigger's options depend on the one before; then the decision,
    and which tellings are one event, by confidences of decision models that have not seen the article."""
    models = {name: Linear({}) for name in ("day", "place", "listed", "agent", "target", "sides", "kind")}
    for _ in range(2):
        found = [_sample(g, kit, models, measures) for g in rows]
        models = {"day": chosen([c for f in found for c in f.day], CHOICE_PENALTY, LEAST["day"]),
                  "place": chosen([c for f in found for c in f.place], CHOICE_PENALTY, LEAST["place"]),
                  "listed": fitted([s for f in found for s in f.listed], PENALTIES["listed"], LEAST["listed"]),
                  "kind": chosen([c for f in found for c in f.kinds], CHOICE_PENALTY, LEAST["kind"]),
                  **fitted_sides([s for f in found for s in f.sides], PENALTIES, LEAST["sides"])}  # fmt: skip
    found = [_sample(g, kit, models, measures) for g in rows]
    models["decision"] = _decision(found)
    pairs, crosses = [], Crosses.load(PAIR_CROSSES)
    half = [len(g.reading.document.raw) % 2 for g in rows]
    unseen = [_decision([f for f, h in zip(found, half, strict=True) if h != other]) for other in (0, 1)]
    confidences = [[probability_of(unseen[h].score([names])) for names in f.decision]
                   for f, h in zip(found, half, strict=True)]  # fmt: skip
    for f, g, sure in zip(found, rows, confidences, strict=True):
        pairs.extend(pair_samples(g.reading, g.events, f.candidates, f.rows, sure, crosses, measures))
    models["pair"] = fitted(pairs, PENALTIES["pair"], LEAST["pair"])
    merging = Merging(models["pair"], PAIR_CUT, crosses)
    settled = [settle(f.candidates, g.reading, sure, TOLL_THRESHOLD, merging)
               for f, g, sure in zip(found, rows, confidences, strict=True)]  # fmt: skip
    for name, kind in (("toll", "killed"), ("injury", "injured")):
        told = [
            sample
            for f, g, decisions in zip(found, rows, settled, strict=True)
            for sample in toll_samples(g.reading, g.events, f.candidates, decisions, f.rows, kind,
                                       kit.language.reading.clauses, measures)
        ]  # fmt: skip
        models[name] = fitted(told, PENALTIES[name], LEAST[name])
    return models


def _decision(found: list[Samples]) -> Linear:
    rows = [
        (names, int(label in (1, RETOLD)), WEIGHTS_OF[label])
        for f in found
        for names, label in zip(f.decision, f.labels, strict=True)
        if WEIGHTS_OF[label]
    ]
    return fitted(rows, PENALTIES["decision"], LEAST["decision"])


def _evaluated(held_out: list[Any], threshold: float, kit: Kit, measures: Measures) -> Evaluation:
    coded: dict[str, list[dict[str, Any]]] = defaultdict(list)
    golds = []
    for gold, candidates, models in held_out:
        merging = Merging(models["pair"], PAIR_CUT, Crosses.load(PAIR_CROSSES))
        decider = ModelDecider(models["decision"], threshold, Crosses.load(), _wording(), merging)
        decisions = decider.decide(candidates, gold.reading)
        tables = with_models(kit.language.reading, models)
        told = counted(candidates, decisions, gold.reading, tables)
        full = completed(told, decisions)
        reports = report_rows(gold.reading, full, decisions, kit.scheme, kit.gazetteer)[0]
        coded[gold.reading.document.article.id] = [r for r in reports if r["decision"] == "coded"]
        golds.append({"id": gold.reading.document.article.id, "events": gold.events})
    return scored(golds, coded, measures)


def _print(threshold: float, result: Evaluation) -> float:
    figures = result.summary()
    detection, strict = figures["detection"]["f1"], figures["strict"]["f1"]
    print(f"{threshold:.2f} coded {figures['coded']} detection {figures['detection']} strict {figures['strict']}")
    print("     ", {name: value[0] for name, value in figures["fields"].items()})
    return float(detection + strict)


def _write(path: Path, model: Linear, more: dict[str, float]) -> None:
    rows = {BIAS: model.bias, **more, **model.weights}
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows(sorted(rows.items()))


if __name__ == "__main__":
    typer.run(main)
