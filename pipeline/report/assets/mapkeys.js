// Moving about the map: pointer, wheel, two fingers, buttons and keys.
function zoomBy(factor, x = map.w / 2, y = map.h / 2) {
  const k = Math.max(map.low, Math.min(map.high, map.k * factor));
  map.x += (x - map.w / 2) * (1 / map.k - 1 / k);
  map.y += (y - map.h / 2) * (1 / map.k - 1 / k);
  map.k = k;
  redrawMap();
}

function markAt(x, y) {
  let best = null, near = 6;
  for (const mark of map.marks) {
    const [mx, my] = screen(mark.at), n = mark.rows.length;
    const off = mark.level === COUNTRY ? Math.max(Math.abs(mx - x) - mark.half, Math.abs(my + mark.dy - y) - 10) : Math.hypot(mx - x, my - y) - radiusOf(n);
    if (off < near) { near = off; best = mark; }
  }
  return best;
}

function openMark(mark) {
  const apart = new Set(mark.spots.map((spot) => spot.at.join()));
  if (apart.size > 1 && map.k < map.high / 3) return fitTo(mark.spots.map((spot) => spot.at), map.high / 3);
  if (mark.rows.length === 1) return openEvent(mark.rows[0]);
  openList(markTitle(mark), mark.rows);
}

const markTitle = (mark) => mark.spots.length > 1 ? plural("n_places", mark.spots.length)
  : placeWords(mark.spots[0].place, mark.level);

function markTip(mark) {
  const parts = TYPES.map((_, type) => [type, mark.types[type]]).filter((p) => p[1]).sort((a, b) => b[1] - a[1]);
  return [h("b", {}, markTitle(mark)), h("div", { class: "soft" }, t("level" + mark.level)),
    parts.map(([type, n]) => h("div", {}, h("i", { class: "dot", style: "background:" + colour(type) }), " ", typeName(type), " ", h("b", {}, number(n))))];
}

function startMap() {
  const canvas = $("map"), fingers = new Map();
  let moved = 0, apart = 0;
  const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    moved = fingers.size > 1 ? 99 : 0;
    apart = 0;
    hideTip();
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = at(event), before = fingers.get(event.pointerId);
    if (!before) {
      const mark = markAt(x, y);
      canvas.style.cursor = mark ? "pointer" : "grab";
      return mark ? showTip(event, markTip(mark)) : hideTip();
    }
    fingers.set(event.pointerId, [x, y]);
    moved += Math.abs(x - before[0]) + Math.abs(y - before[1]);
    map.x -= (x - before[0]) / map.k / fingers.size;
    map.y -= (y - before[1]) / map.k / fingers.size;
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()], now = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (apart) zoomBy(now / apart, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      apart = now;
    }
    if (moved > 4) canvas.style.cursor = "grabbing";
    redrawMap();
  });
  const end = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (event.type === "pointerup" && moved < 6) {
      const mark = markAt(...at(event));
      if (mark) openMark(mark);
    }
    canvas.style.cursor = "grab";
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("pointerleave", hideTip);
  canvas.addEventListener("dblclick", (event) => zoomBy(2, ...at(event)));
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), ...at(event));
  }, { passive: false });
  canvas.addEventListener("keydown", mapKey);
  canvas.addEventListener("blur", () => { map.focus = -1; redrawMap(); });
  $("zoom-in").addEventListener("click", () => zoomBy(1.7));
  $("zoom-out").addEventListener("click", () => zoomBy(1 / 1.7));
  $("zoom-fit").addEventListener("click", fitMost);
  new ResizeObserver(soon(() => { drawMap(); drawTimeline(); drawRows(); })).observe(document.querySelector(".centre"));
}

// Arrows move, + and - zoom, 0 shows all; . and , go from mark to mark, Enter opens it.
function mapKey(event) {
  const step = 60 / map.k;
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  if (moves) { map.x += moves[0]; map.y += moves[1]; redrawMap(); }
  else if (event.key === "+" || event.key === "=") zoomBy(1.5);
  else if (event.key === "-") zoomBy(1 / 1.5);
  else if (event.key === "0") fitMost();
  else if (event.key === "." || event.key === ",") {
    const seen = map.marks.map((mark, i) => [screen(mark.at), i]).filter(([[x, y]]) => x > 0 && y > 0 && x < map.w && y < map.h).map((p) => p[1]);
    if (!seen.length) return;
    const now = seen.indexOf(map.focus), turn = event.key === "." ? 1 : -1;
    map.focus = seen[(now + turn + seen.length + (now < 0 && turn < 0 ? 1 : 0)) % seen.length];
    const mark = map.marks[map.focus];
    say(markTitle(mark) + ": " + plural("n_events", mark.rows.length));
    redrawMap();
  } else if (event.key === "Enter" && map.focus >= 0) openMark(map.marks[map.focus]);
  else return;
  event.preventDefault();
}
