// The map: outlines and events on a canvas, in Mercator's projection, with zoom, pan and clusters.
const map = { x: 0, y: 0, k: 1, low: 40, high: 30000, shapes: [], marks: [], focus: -1, version: -1 };
const RAD = Math.PI / 180;
const merc = (lon, lat) => [lon * RAD, -Math.log(Math.tan(Math.PI / 4 + (Math.max(-84, Math.min(84, lat)) * RAD) / 2))];

function sized(canvas) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2), w = canvas.clientWidth, hgt = canvas.clientHeight;
  if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(hgt * ratio)) {
    canvas.width = Math.round(w * ratio);
    canvas.height = Math.round(hgt * ratio);
  }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  return ctx;
}

function loadOutlines(outlines) {
  const arcs = outlines.arcs.map((flat) => {
    let x = 0, y = 0;
    const points = [];
    for (let i = 0; i < flat.length; i += 2) {
      x += flat[i];
      y += flat[i + 1];
      points.push(merc(x / outlines.scale, y / outlines.scale));
    }
    return points;
  });
  const line = (path, points, start) => points.forEach(([x, y], i) => (i || !start ? path.lineTo(x, y) : path.moveTo(x, y)));
  map.shapes = outlines.countries.map((country) => {
    const path = new Path2D(), box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of country.rings) {
      ring.forEach((at, i) => {
        const points = arcs[Math.abs(at) - 1];
        line(path, at > 0 ? points : [...points].reverse(), i === 0);
        for (const [x, y] of points) {
          box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
        }
      });
      path.closePath();
    }
    return { ...country, path, box, at: merc(...country.at) };
  });
  const lines = (list) => { const path = new Path2D(); list.forEach((at) => line(path, arcs[at], true)); return path; };
  map.borders = lines(outlines.borders);
  map.provinces = lines(outlines.provinces);
  map.names = outlines.names.map(([iso2, en, ar, lon, lat]) => ({ en, ar: ar || en, at: merc(lon, lat) }));
}

const screen = ([x, y]) => [(x - map.x) * map.k + map.w / 2, (y - map.y) * map.k + map.h / 2];

// Where an event is drawn: its place, or for events known to their country only the country's middle.
function spotOf(place, level) {
  if (level === COUNTRY) return place.outline >= 0 ? map.shapes[place.outline].at : null;
  return level === NOWHERE ? null : merc(place.lon, place.lat);
}

function spots() {
  if (map.version === store.version) return map.spots;
  const found = new Map(), e = store.e;
  map.hidden = 0;
  for (const i of store.shown) {
    const level = e.level[i], place = store.places[e.place[i]];
    const key = level === COUNTRY ? "c" + place.outline : level + "|" + e.place[i];
    let spot = found.get(key);
    if (!spot) {
      const at = spotOf(place, level);
      if (!at) { map.hidden++; continue; }
      found.set(key, (spot = { at, level, place, rows: [], types: new Int32Array(TYPES.length) }));
    }
    spot.rows.push(i);
    spot.types[e.type[i]]++;
  }
  map.spots = [...found.values()].sort((a, b) => b.rows.length - a.rows.length);
  map.version = store.version;
  map.clustered = null;
  return map.spots;
}

const radiusOf = (n) => (n === 1 ? 6 : Math.min(27, 8 + 3.1 * Math.log(n)));

// Spots that would touch become one mark; a province's or country's events never join those of known towns.
function clusters() {
  const list = spots(), key = map.k + ":" + map.version;
  if (map.clustered === key) return map.marks;
  const cell = 40, grid = new Map();
  map.marks = [];
  for (const spot of list) {
    const x = spot.at[0] * map.k, y = spot.at[1] * map.k, rough = Math.max(spot.level, NEAR);
    const gx = Math.floor(x / cell), gy = Math.floor(y / cell);
    let mark = null;
    if (spot.level !== COUNTRY) {
      for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++)
        for (const other of grid.get(rough + ":" + (gx + dx) + ":" + (gy + dy)) || [])
          if (!mark && Math.hypot(other.px - x, other.py - y) < radiusOf(other.rows.length) + radiusOf(spot.rows.length) - 4) mark = other;
    }
    if (mark) {
      mark.rows = mark.rows.concat(spot.rows);
      mark.spots.push(spot);
      mark.level = Math.min(mark.level, spot.level);
      spot.types.forEach((n, type) => (mark.types[type] += n));
    } else {
      mark = { px: x, py: y, at: spot.at, level: spot.level, rows: spot.rows, spots: [spot], types: Int32Array.from(spot.types) };
      map.marks.push(mark);
      const slot = rough + ":" + gx + ":" + gy;
      grid.has(slot) ? grid.get(slot).push(mark) : grid.set(slot, [mark]);
    }
  }
  map.clustered = key;
  map.focus = -1;
  return map.marks;
}

function drawMap() {
  const canvas = $("map"), ctx = sized(canvas), root = getComputedStyle(document.documentElement);
  const ratio = canvas.width / canvas.clientWidth, ink = (name) => root.getPropertyValue(name).trim();
  map.w = canvas.clientWidth;
  map.h = canvas.clientHeight;
  ctx.fillStyle = ink("--sea");
  ctx.fillRect(0, 0, map.w, map.h);
  const { k } = map, left = map.x - map.w / 2 / k, top = map.y - map.h / 2 / k;
  ctx.setTransform(k * ratio, 0, 0, k * ratio, -left * k * ratio, -top * k * ratio);
  ctx.lineJoin = "round";
  const seen = map.shapes.filter(({ box }) => box[0] < left + map.w / k && box[2] > left && box[1] < top + map.h / k && box[3] > top);
  ctx.lineWidth = 1 / k;
  for (const shape of seen) {
    ctx.fillStyle = ink(shape.near ? "--land" : "--far");
    ctx.fill(shape.path, "evenodd");
    ctx.strokeStyle = ink("--coast");
    ctx.stroke(shape.path);
  }
  if (k > 420) { ctx.lineWidth = 0.7 / k; ctx.strokeStyle = ink("--province"); ctx.stroke(map.provinces); }
  ctx.lineWidth = 1.2 / k;
  ctx.strokeStyle = ink("--border");
  ctx.stroke(map.borders);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const marks = clusters();
  placeLabels(ctx, marks, root.fontFamily);
  const pilled = new Set(marks.filter((m) => m.level === COUNTRY && m.whole).map((m) => m.spots[0].place.outline));
  const taken = [];
  let words = 0;
  const word = (text, x, y, font, style) => {
    if (words > 90 || x < 0 || y < 0 || x > map.w || y > map.h) return;
    const half = wide(ctx, font + root.fontFamily, text) / 2 + 3;
    if (taken.some((b) => Math.abs(b[0] - x) < b[2] + half && Math.abs(b[1] - y) < 14)) return;
    taken.push([x, y, half]);
    words++;
    ctx.font = font + root.fontFamily;
    ctx.strokeStyle = ink("--land"); ctx.lineWidth = 3; ctx.strokeText(text, x, y);
    ctx.fillStyle = style; ctx.fillText(text, x, y);
  };
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const mark of marks) { const [x, y] = screen(mark.at); taken.push([x, y + mark.dy, mark.half ?? radiusOf(mark.rows.length)]); }
  map.shapes.forEach((shape, at) => {
    if (pilled.has(at) || !seen.includes(shape) || (!shape.near && k < 260) || (shape.box[2] - shape.box[0]) * k < 44) return;
    const [x, y] = screen(shape.at);
    word(countryName(shape.en), x, y, "600 12px ", ink("--soft"));
  });
  if (k > 1300) for (const name of map.names) {
    const [x, y] = screen(name.at);
    if (x > 0 && y > 0 && x < map.w && y < map.h) word(name[page.lang], x, y, "11px ", ink("--faint"));
  }
  for (const rough of [true, false]) for (const mark of [...marks].reverse())
    if ((mark.level === PROVINCE) === rough) drawMark(ctx, mark, ink, root.fontFamily);
  if (k > 1500) for (const mark of marks) {
    if (mark.spots.length > 1 || mark.level === COUNTRY) continue;
    const [x, y] = screen(mark.at), r = radiusOf(mark.rows.length);
    word(placeName(mark.spots[0].place), x, y + r + 10, "600 11px ", ink("--text"));
  }
  $("unmapped").textContent = map.hidden ? t("unmapped", { n: number(map.hidden) }) : "";
}

// The view that holds these points.
function fitTo(points, most = 6000) {
  if (!points.length) return;
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
  for (const [x, y] of points) { x0 = Math.min(x0, x); x1 = Math.max(x1, x); y0 = Math.min(y0, y); y1 = Math.max(y1, y); }
  const canvas = $("map"), w = canvas.clientWidth - 90, hgt = canvas.clientHeight - 90;
  map.k = Math.max(map.low, Math.min(most, w / Math.max(1e-6, x1 - x0), hgt / Math.max(1e-6, y1 - y0)));
  map.x = (x0 + x1) / 2;
  map.y = (y0 + y1) / 2;
  redrawMap();
}

// The first view: where nine of ten events are.
function fitMost() {
  const all = spots(), exact = all.filter((spot) => spot.level !== COUNTRY);
  const list = (exact.length ? exact : all).flatMap((spot) => spot.rows.map(() => spot.at));
  if (!list.length) { map.k = 330; [map.x, map.y] = merc(33, 27); return redrawMap(); }
  const range = (axis) => { const v = list.map((p) => p[axis]).sort((a, b) => a - b), at = (q) => v[Math.floor(q * (v.length - 1))]; return [at(0.08), at(0.92)]; };
  const [x0, x1] = range(0), [y0, y1] = range(1);
  fitTo([[x0, y0], [x1, y1]], 2400);
}
const redrawMap = soon(() => drawMap());
