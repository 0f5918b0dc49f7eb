"""The benchmarks run, and what they measure is what they say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module", autouse=True)
def checkout() -> None:
    sys.path.insert(0, str(ROOT))


def test_made_up_reports_merge_into_about_their_stories() -> None:
    from benchmarks.merging import measured, templates

    given = templates()
    done = measured(2000, given)
    assert 0 < done.alone <= done.used < 60
    assert done.before <= done.peak
    assert 700 < done.stories < 900
    assert abs(done.events - done.stories) < 0.03 * done.stories
    assert measured(2000, given, workers=2).digest == done.digest


def test_a_build_of_repeated_articles_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from benchmarks.runs import SAMPLE, built, read, repeated

    articles = read([SAMPLE])
    run = built(tmp_path, repeated(articles, len(articles) + 3), "twice", "--workers", "1", "--decider", "null")
    assert run.wall > 0.3 and run.used > 0.3 and run.peak > 50
    ids = pq.read_table(tmp_path / "twice" / "articles.parquet")["article_id"].to_pylist()
    assert len(set(ids)) == len(articles) + 3
    assert ids[0].startswith(articles[0].id) and ids[-1].startswith(articles[2].id)
