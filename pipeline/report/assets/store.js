// The events as columns, the filters, and what passes them.
const EXACT = 1, NEAR = 2, PROVINCE = 3, COUNTRY = 4, NOWHERE = 0;
const TYPES = ["Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
  "Strategic developments", "Diplomacy"];
const store = { n: 0, shown: [], sort: { by: "day", down: true }, tally: {}, version: 0 };
const filters = {};

function clearFilters() {
  Object.assign(filters, { text: "", from: null, to: null, least: 0, sure: 0, scope: false, targeting: false });
  for (const name of ["kind", "country", "admin1", "location", "actor", "source", "level", "time"]) filters[name] = new Set();
}

function loadEvents(core) {
  const e = core.events, n = e.day.length;
  e.day = summed(e.day);
  e.id = idsOf(e.id);
  const iso = new Map(core.outlines.countries.map((c, i) => [c.en, i]));
  const countries = new Map(), admins = new Map(), locations = new Map();
  const index = (map, key) => { if (!map.has(key)) map.set(key, map.size); return map.get(key); };
  core.places = core.places.map(([country, admin1, admin2, location, lat, lon]) => ({
    country, admin1, admin2, location, lat, lon,
    outline: country ? iso.get(country) ?? -1 : -1,
    countryAt: country ? index(countries, country) : -1,
    adminAt: admin1 ? index(admins, country + "|" + admin1) : -1,
    locationAt: location ? index(locations, country + "|" + admin1 + "|" + location) : -1,
  }));
  store.countries = [...countries.keys()];
  store.admins = [...admins.keys()];
  store.locations = [...locations.keys()];
  store.types = core.kinds.map((kind) => TYPES.indexOf(kind[2]));
  e.type = e.kind.map((kind) => store.types[kind]);
  e.level = e.place.map((at, i) => levelOf(core.places[at], e.geo[i]));
  Object.assign(store, { e, n, places: core.places, kinds: core.kinds, actors: core.actors });
  store.at = new Map(e.id.map((id, i) => [id, i]));
  clearFilters();
}

// How closely the place is known: its town, near it, its province, only its country, or no place at all.
function levelOf(place, geo) {
  if (!place.country) return NOWHERE;
  if (place.lat === null || place.location === null) return COUNTRY;
  return geo === 3 ? PROVINCE : geo === 2 ? NEAR : EXACT;
}

// Names in the page's language.
const arabic = (table, name) => (page.lang === "ar" && page.core.arabic[table][name]) || name;
const countryName = (name) => (name ? arabic("countries", name) : "");
const named = (country, name) => (page.lang === "ar" && page.core.arabic.places[country + "|" + name]) || name;
const placeName = (place) => place.location ? named(place.country, place.location)
  : place.country ? countryName(place.country) : t("no_place");
const adminName = (place) => (place.admin1 ? named(place.country, place.admin1) : "");
const keyName = (key) => { const parts = key.split("|"); return named(parts[0], parts[parts.length - 1]); };
const actorName = (at) => (at < 0 ? "" : arabic("actors", store.actors[at]));
const kindName = (at) => t("sub:" + store.kinds[at][0]);
const typeName = (type) => t("type:" + TYPES[type]);
const colour = (type) => "var(--t" + type + ")";

function searched(i) {
  if (!store.texts) store.texts = new Array(store.n);
  if (store.texts[i] === undefined) {
    const e = store.e, core = page.core, place = core.places[e.place[i]], ar = core.arabic;
    const names = [place.country, place.admin1, place.location, store.kinds[e.kind[i]][0], core.sources[e.source[i]], e.id[i],
      e.notes[i], ar.countries[place.country], ar.places[place.country + "|" + place.location],
      ar.places[place.country + "|" + place.admin1]];
    for (const at of [e.actor1[i], e.actor2[i], e.assoc_actor_1[i], e.assoc_actor_2[i]])
      if (at >= 0) names.push(core.actors[at], ar.actors[core.actors[at]]);
    store.texts[i] = folded(names.filter(Boolean).join(" ") + " " + (page.detail ? evidenceOf(i) : ""));
  }
  return store.texts[i];
}

// Whether event i passes each dimension of the filters; null where the dimension filters nothing.
function tests() {
  const e = store.e, places = store.places, f = filters;
  const words = folded(f.text).split(/\s+/).filter(Boolean);
  const any = (set, test) => (set.size ? test : null);
  return {
    text: words.length ? (i) => words.every((word) => searched(i).includes(word)) : null,
    date: f.from !== null || f.to !== null
      ? (i) => (f.from === null || e.day[i] >= f.from) && (f.to === null || e.day[i] <= f.to) : null,
    kind: any(f.kind, (i) => f.kind.has(e.kind[i])),
    country: any(f.country, (i) => f.country.has(places[e.place[i]].countryAt)),
    admin1: any(f.admin1, (i) => f.admin1.has(places[e.place[i]].adminAt)),
    location: any(f.location, (i) => f.location.has(places[e.place[i]].locationAt)),
    actor: any(f.actor, (i) => f.actor.has(e.actor1[i]) || f.actor.has(e.actor2[i])),
    source: any(f.source, (i) => f.source.has(e.source[i])),
    level: any(f.level, (i) => f.level.has(e.level[i])),
    time: any(f.time, (i) => f.time.has(e.time[i])),
    least: f.least > 0 ? (i) => e.fatalities[i] >= f.least : null,
    sure: f.sure > 0 ? (i) => e.confidence[i] >= f.sure : null,
    scope: f.scope ? (i) => e.scope[i] === 1 : null,
    targeting: f.targeting ? (i) => e.targeting[i] === 1 : null,
  };
}

// What passes, and for each dimension how much would pass if it alone were open (so that its bars can be compared).
function sift() {
  const e = store.e, places = store.places, n = store.n;
  const all = Object.entries(tests()).filter(([, test]) => test);
  const count = (size) => new Int32Array(size);
  const tally = {
    kind: count(store.kinds.length), country: count(store.countries.length), admin1: count(store.admins.length),
    location: count(store.locations.length), actor: count(store.actors.length), source: count(page.core.sources.length),
    level: count(5), time: count(4), days: [],
  };
  const shown = [];
  for (let i = 0; i < n; i++) {
    let failed = "", more = false;
    for (const [name, test] of all) {
      if (!test(i)) { if (failed) { more = true; break; } failed = name; }
    }
    if (more) continue;
    const open = (name) => !failed || failed === name;
    const place = places[e.place[i]];
    if (open("kind")) tally.kind[e.kind[i]]++;
    if (open("country") && place.countryAt >= 0) tally.country[place.countryAt]++;
    if (open("admin1") && place.adminAt >= 0) tally.admin1[place.adminAt]++;
    if (open("location") && place.locationAt >= 0) tally.location[place.locationAt]++;
    if (open("actor")) {
      if (e.actor1[i] >= 0) tally.actor[e.actor1[i]]++;
      if (e.actor2[i] >= 0 && e.actor2[i] !== e.actor1[i]) tally.actor[e.actor2[i]]++;
    }
    if (open("source") && e.source[i] >= 0) tally.source[e.source[i]]++;
    if (open("level")) tally.level[e.level[i]]++;
    if (open("time")) tally.time[e.time[i]]++;
    if (open("date")) tally.days.push(i);
    if (!failed) shown.push(i);
  }
  store.tally = tally;
  store.shown = shown;
  sortShown();
  store.version++;
}

const SORTS = {
  day: (i) => store.e.day[i],
  kind: (i) => store.e.type[i] * 1000 + store.e.kind[i],
  place: (i) => placeName(store.places[store.e.place[i]]),
  actors: (i) => actorName(store.e.actor1[i]),
  fatalities: (i) => store.e.fatalities[i],
  confidence: (i) => store.e.confidence[i],
};

function sortShown() {
  const { by, down } = store.sort, key = SORTS[by], sign = down ? -1 : 1;
  const keys = new Map(store.shown.map((i) => [i, key(i)]));
  const order = typeof keys.values().next().value === "string" ? new Intl.Collator(page.lang).compare : (a, b) => a - b;
  store.shown.sort((a, b) => sign * order(keys.get(a), keys.get(b)) || b - a);
}
