"""The gazetteer: build, load, lint, GeoNames dumps, the geopy interface and the commands."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from pipeline.commands.gazetteer import app as gazetteer_app
from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.artefact import artefact_path, ensure_artefact
from pipeline.gazetteer.build import compiled
from pipeline.gazetteer.geocoder import MarsadGeocoder
from pipeline.gazetteer.geonames import add_geonames, geonames_rows
from pipeline.gazetteer.lint import lint_gazetteer
from pipeline.gazetteer.online import OnlineLookup
from pipeline.gazetteer.report import coverage, write_attribution
from pipeline.geocoding import Geocoding
from pipeline.resources import TableError, folder


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def test_tables_are_sound() -> None:
    assert lint_gazetteer() == []


def test_artefact_is_the_same_every_time() -> None:
    built = json.dumps(compiled(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert built == ensure_artefact().read_text(encoding="utf-8")


def test_artefact_loads_in_well_under_half_a_second() -> None:
    ensure_artefact()
    before = time.process_time()
    Gazetteer.load()
    assert time.process_time() - before < 0.5


def test_a_changed_table_makes_another_artefact(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = artefact_path()
    (tmp_path / "more.csv").write_text("place_id\n", encoding="utf-8")
    monkeypatch.setenv("MARSAD_PLACES", str(tmp_path))
    assert artefact_path() != first


def test_known_coordinates(gazetteer: Gazetteer) -> None:
    tripoli, ghashir = gazetteer.place("LY-tripoli"), gazetteer.place("LY-qasr-bin-ghashir")
    assert tripoli is not None and ghashir is not None
    assert (tripoli.latitude, tripoli.longitude) == (32.8925, 13.18)
    assert (ghashir.latitude, ghashir.longitude) == pytest.approx((32.6833, 13.1833), abs=0.01)


def test_countries(gazetteer: Gazetteer) -> None:
    libya = gazetteer.country("LY")
    assert libya is not None
    assert (libya.iso_numeric, libya.iso3, libya.name, libya.region) == ("434", "LBY", "Libya", "Northern Africa")
    assert gazetteer.country_name("CD") == "Democratic Republic of Congo"
    assert gazetteer.country_name("") == "" and gazetteer.country("ZZ") is None and gazetteer.place("no") is None
    capital = gazetteer.capital("YE")
    assert capital is not None and capital.place_id == "YE-sanaa"


def test_location_of_a_square_is_its_town(gazetteer: Gazetteer) -> None:
    square = next(
        use.place for use in gazetteer.uses("ميدان الشهداء") if use.place.country == "LY" and use.place.kind == "square"
    )
    assert gazetteer.location_of(square).name == "Tripoli"
    airport = next(p for p in map(gazetteer.at, range(len(gazetteer))) if p.kind == "airport")
    assert gazetteer.location_of(airport) is airport


def test_every_location_ends_at_a_place_that_may_stand(gazetteer: Gazetteer) -> None:
    for index in range(len(gazetteer)):
        place = gazetteer.at(index)
        location = gazetteer.location_of(place)
        assert location is place or location.country == place.country


REST = "\tLY\t\t55\t\t\t\t{}\t\t668\tAfrica/Tripoli\t2019-09-05"
GHAT = "2215163\tGhat\tGhat\tGat,غات\t24.96334\t10.18003\tP\tPPLA" + REST.format(24347)
WADI = "2219000\tWadi Tanezzuft\tWadi Tanezzuft\t\t24.90\t10.30\tH\tWAD" + REST.format(0)
LAKE = "2219001\tA Lake\tA Lake\t\t24.90\t10.30\tH\tLK" + REST.format(0)


def dump(folder: Path) -> Path:
    folder.mkdir()
    (folder / "LY.txt").write_text("\n".join((GHAT, WADI, LAKE)) + "\n", encoding="utf-8")
    (folder / "alternateNamesV2.txt").write_text(
        "1\t2219000\tar\tوادي تنزوفت\t1\t\t\t\t\t\n2\t2219000\tfr\tOued Tanezzouft\t\t\t\t\t\t\n"
        "3\t2219000\tar\tوادي قديم\t\t\t\t1\t\t\n",
        encoding="utf-8",
    )
    (folder / "admin1CodesASCII.txt").write_text("LY.55\tGhat\tGhat\t2215164\n", encoding="utf-8")
    return folder


def test_geonames_dumps_are_read_in_their_own_format(tmp_path: Path) -> None:
    town, wadi = geonames_rows(dump(tmp_path / "ly"))
    assert town[:8] == ("LY-gn2215163", "town", "Ghat", "LY", "Ghat", "", "غات", "")
    assert wadi[1:3] == ("valley", "Wadi Tanezzuft") and wadi[6] == "وادي تنزوفت"
    assert town[9:12] == ("24.96334", "10.18003", "2215163")


def test_a_folder_without_dumps_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"XX\.txt"):
        list(geonames_rows(tmp_path))
    (tmp_path / "LY.txt").write_text("1\tGhat\n", encoding="utf-8")
    with pytest.raises(TableError, match="2 columns"):
        list(geonames_rows(tmp_path))


def test_added_places_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MARSAD_PLACES", str(tmp_path / "added"))
    monkeypatch.setenv("MARSAD_CACHE", str(tmp_path / "cache"))
    path, count = add_geonames(dump(tmp_path / "ly"))
    assert path.is_file() and count == 2
    assert [use.place.kind for use in Gazetteer.load().uses("وادي تنزوفت")] == ["valley"]


def test_geopy_interface() -> None:
    geocoder = MarsadGeocoder()
    assert geocoder.geocode("قصر بن غشير").raw["place_id"] == "LY-qasr-bin-ghashir"
    assert geocoder.geocode("طرابلس", country_codes="lb").raw["country"] == "LB"
    assert geocoder.geocode("طرابلس، لبنان").raw["country"] == "LB"
    assert geocoder.geocode("بمدينة حلب").raw["place_id"].startswith("SY-aleppo")
    assert geocoder.geocode("Qasr Bin Ghasheer").raw["country"] == "LY"
    assert geocoder.geocode("لا شيء هنا") is None and geocoder.geocode("") is None
    everywhere = geocoder.geocode("البيضاء", exactly_one=False)
    assert {"LY", "YE"} <= {place.raw["country"] for place in everywhere}
    box = [(12.0, 42.0), (19.0, 54.0)]
    boxed = geocoder.geocode("البيضاء", exactly_one=False, viewbox=box, bounded=True)
    assert {place.raw["country"] for place in boxed} == {"YE"}
    assert geocoder.geocode("طرابلس", country_codes=["LY"], language="ar").address == "طرابلس, ليبيا"
    assert geocoder.reverse((32.89, 13.18)).raw["country"] == "LY" and geocoder.reverse((0.0, -30.0)) is None


def test_geocode_reads_a_line_in_its_own_light() -> None:
    reader = Geocoding()
    (place,) = reader.places("انفجار في طرابلس", "LB")
    assert (place["country"], place["place_id"]) == ("LB", "LB-tripoli")
    assert set(place) >= {
        "text", "start", "end", "place_id", "location", "kind", "country", "admin1", "latitude", "longitude",
        "geo_precision", "rule", "confidence",
    }  # fmt: skip
    assert reader.places("") == [] and reader.places("لا مكان هنا") == []


def test_coverage_counts_every_place(gazetteer: Gazetteer) -> None:
    rows = coverage(gazetteer)
    assert sum(int(row["places"]) for row in rows) == len(gazetteer)
    assert next(row for row in rows if row["country"] == "LY")["curated"] >= 400


def test_report_command() -> None:
    result = CliRunner().invoke(gazetteer_app, ["report", "--limit", "3"])
    assert result.exit_code == 0 and len(result.output.splitlines()) == 4


class _Stub(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = json.dumps([{"lat": "15.5", "lon": "44.1", "display_name": "A village", "place_id": 1}]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[str]:
    stub = HTTPServer(("127.0.0.1", 0), _Stub)
    threading.Thread(target=stub.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{stub.server_port}"
    stub.shutdown()
    stub.server_close()


def test_online_fallback_asks_once_and_remembers(server: str, tmp_path: Path) -> None:
    _Stub.asked.clear()
    lookup = OnlineLookup(server, "http", tmp_path / "known.json")
    reader = Geocoding(online=lookup)
    (place, *_) = reader.places("سيطر الجيش اليمني على قرية القويزات")
    assert (place["rule"], place["latitude"], place["longitude"]) == ("place.nominatim", 15.5, 44.1)
    reader.places("سيطر الجيش اليمني على قرية القويزات")
    OnlineLookup(server, "http", tmp_path / "known.json").find("قرية القويزات", "YE")
    assert len(_Stub.asked) == 1 and "countrycodes=ye" in _Stub.asked[0]


def test_online_is_off_by_default() -> None:
    assert Geocoding().online is None


def test_attribution_file_is_the_generated_one(tmp_path: Path) -> None:
    write_attribution(tmp_path / "made.md")
    assert (folder("gazetteer") / "ATTRIBUTION.md").read_text("utf-8") == (tmp_path / "made.md").read_text("utf-8")
