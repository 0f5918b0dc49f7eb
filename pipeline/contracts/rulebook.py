"""What every rule id means: schemas/rules.csv and schemas/date_rules.csv, and how composed ids come apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.resources import folder, read_rows

WILD = ".*"  # a rule that ends so stands for every id with this beginning


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule id; fields are the columns that show it, joined by " ", example words of our own ("" when none)."""

    rule: str
    fields: str
    meaning: str
    example: str


@cache
def load_rules() -> dict[str, Rule]:
    """Every documented rule by its id, in code point order. Raises TableError for a wrong table."""
    top = folder("schemas")
    rows = [(row, " ".join(row.listed("field"))) for row in read_rows(top / "rules.csv")]
    rows += [(row, "date_rule") for row in read_rows(top / "date_rules.csv")]
    found = [Rule(row["rule"], fields, row["meaning"], row["example"]) for row, fields in rows]
    return {rule.rule: rule for rule in sorted(found, key=lambda rule: rule.rule)}


def parts_of(rule_id: str) -> tuple[str, ...]:
    """The parts of an id as the tables hold it: joined by "+", and by "; " in actor_rule."""
    return tuple(part for one in rule_id.split("; ") for part in one.split("+"))


def rule_of(part: str) -> Rule | None:
    """The rule of one part of an id, None when it is not documented."""
    rules = load_rules()
    if part in rules:
        return rules[part]
    return rules.get(part.rpartition(".")[0] + WILD)


def meaning(rule_id: str) -> str:
    """What an id means in English, its parts joined by "; "; a part that is not documented stands for itself."""
    told = ((part, rule_of(part)) for part in parts_of(rule_id))
    return "; ".join(rule.meaning if rule else part for part, rule in told)
