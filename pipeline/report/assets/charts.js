// The timeline, and the lists of counts that are filters too.
const timeline = { bins: [], drag: null, more: {} };

function binsOf(rows) {
  const days = store.e.day;
  let low = Infinity, high = -Infinity;
  for (const i of rows) { if (days[i] < low) low = days[i]; if (days[i] > high) high = days[i]; }
  if (low > high) return { bins: [], unit: "day" };
  const span = high - low + 1;
  const unit = span <= 100 ? "day" : span <= 800 ? "week" : span <= 9000 ? "month" : "year";
  const begin = (day) => {
    if (unit === "day") return day;
    if (unit === "week") return day - ((day + 3) % 7);
    const date = dateOf(day);
    return Math.floor(Date.UTC(date.getUTCFullYear(), unit === "month" ? date.getUTCMonth() : 0, 1) / DAY);
  };
  const next = (day) => begin(day + { day: 1, week: 7, month: 31, year: 366 }[unit]);
  const bins = [], at = new Map();
  for (let day = begin(low); day <= high; day = next(day)) {
    at.set(day, bins.length);
    bins.push({ from: day, to: next(day) - 1, counts: new Int32Array(TYPES.length), total: 0 });
  }
  for (const i of rows) {
    const bin = bins[at.get(begin(days[i]))];
    bin.counts[store.e.type[i]]++;
    bin.total++;
  }
  return { bins, unit };
}

function drawTimeline() {
  const canvas = $("timeline"), ctx = sized(canvas), style = getComputedStyle(document.documentElement);
  const width = canvas.clientWidth, height = canvas.clientHeight, base = height - 20, left = 34;
  const { bins, unit } = binsOf(store.tally.days);
  const most = Math.max(1, ...bins.map((bin) => bin.total));
  const rtl = document.dir === "rtl", step = (width - left - 4) / Math.max(1, bins.length);
  const x = (at) => (rtl ? width - left - (at + 1) * step : left + at * step);
  const ink = (name) => style.getPropertyValue(name).trim();
  ctx.clearRect(0, 0, width, height);
  ctx.font = "11px " + style.fontFamily;
  ctx.textBaseline = "middle";
  for (const share of [0.5, 1]) {
    const y = base - share * (base - 10);
    ctx.fillStyle = ink("--line");
    ctx.fillRect(rtl ? 4 : left, y, width - left - 4, 1);
    ctx.fillStyle = ink("--soft");
    ctx.textAlign = rtl ? "left" : "right";
    if (Number.isInteger(most * share)) ctx.fillText(number(most * share), rtl ? width - left + 5 : left - 5, y);
  }
  const inside = (bin) => (filters.from === null || bin.to >= filters.from) && (filters.to === null || bin.from <= filters.to);
  let labelled = -Infinity;
  bins.forEach((bin, at) => {
    ctx.globalAlpha = inside(bin) ? 1 : 0.25;
    let y = base;
    TYPES.forEach((_, type) => {
      const tall = (bin.counts[type] / most) * (base - 10);
      if (!tall) return;
      ctx.fillStyle = ink("--t" + type);
      ctx.fillRect(x(at) + Math.min(1, step * 0.1), y - tall, Math.max(1, Math.min(step * 0.9, step - 1, 46)), tall);
      y -= tall;
    });
    ctx.globalAlpha = 1;
    if (at * step - labelled > 84 && (bins.length - at) * step > 44) {
      labelled = at * step;
      ctx.fillStyle = ink("--soft");
      ctx.textAlign = rtl ? "right" : "left";
      const words = unit === "year" ? String(dateOf(bin.from).getUTCFullYear()) : unit === "month" ? monthWords(bin.from) : dayShort(bin.from);
      ctx.fillText(words, rtl ? x(at) + step : x(at), height - 8);
    }
  });
  Object.assign(timeline, { bins, step, left, width, rtl });
  $("timeline-unit").textContent = t("per_" + unit);
  if (timeline.drag) {
    const [a, b] = timeline.drag;
    ctx.fillStyle = ink("--accent");
    ctx.globalAlpha = 0.18;
    ctx.fillRect(Math.min(a, b), 6, Math.abs(a - b), base - 6);
    ctx.globalAlpha = 1;
  }
}

function binAt(px) {
  const { bins, step, left, width, rtl } = timeline;
  const at = Math.floor((rtl ? width - left - px : px - left) / step);
  return bins[Math.max(0, Math.min(bins.length - 1, at))];
}

function startTimeline() {
  const canvas = $("timeline");
  const px = (event) => event.clientX - canvas.getBoundingClientRect().left;
  canvas.addEventListener("pointerdown", (event) => {
    if (!timeline.bins.length) return;
    canvas.setPointerCapture(event.pointerId);
    timeline.drag = [px(event), px(event)];
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!timeline.bins.length) return;
    const bin = binAt(px(event));
    const days = bin.from === bin.to ? dayWords(bin.from) : dayShort(bin.from) + " – " + dayShort(bin.to);
    showTip(event, [h("b", {}, days), h("br"), plural("n_events", bin.total)]);
    if (timeline.drag) { timeline.drag[1] = px(event); drawTimeline(); }
  });
  canvas.addEventListener("pointerleave", hideTip);
  canvas.addEventListener("pointerup", () => {
    if (!timeline.drag) return;
    const found = timeline.drag.map(binAt);
    timeline.drag = null;
    change({ from: Math.min(found[0].from, found[1].from), to: Math.max(found[0].to, found[1].to) });
  });
  canvas.addEventListener("pointercancel", () => { timeline.drag = null; });
  canvas.addEventListener("dblclick", () => change({ from: null, to: null }));
}

// A list of counts; each row is a switch of the filter.
function counted(title, name, names, options = {}) {
  const tally = store.tally[name], chosen = filters[name];
  let rows = options.order || [...tally.keys()].filter((at) => tally[at] || chosen.has(at)).sort((a, b) => tally[b] - tally[a]);
  rows = rows.filter((at) => tally[at] || chosen.has(at));
  const all = rows.length, limit = timeline.more[name] ? 200 : options.limit || 8;
  rows = rows.slice(0, limit).concat([...chosen].filter((at) => rows.indexOf(at) >= limit));
  const most = Math.max(1, ...rows.map((at) => tally[at]));
  return h("section", { class: "facet", "data-facet": name },
    h("h3", {}, title, options.extra),
    rows.length ? rows.map((at) => bar(names(at), tally[at], most, chosen.has(at), () => toggle(name, [at]), options.colour?.(at)))
      : h("p", { class: "none" }, t("none")),
    all > (options.limit || 8) && h("button", { class: "more", type: "button", onclick: () => {
      timeline.more[name] = !timeline.more[name]; drawFacets(); } }, timeline.more[name] ? t("fewer") : t("all_n", { n: number(all) })));
}

function bar(name, count, most, chosen, press, tint, deep) {
  return h("button", { class: "bar" + (deep ? " deep" : ""), type: "button", "aria-pressed": String(chosen), onclick: press, title: name,
    style: `--share:${((count / most) * 100).toFixed(1)}%;--tint:${tint || "var(--accent)"}` },
  h("span", { class: "name", dir: "auto" }, name), h("span", { class: "count" }, number(count)));
}

function toggle(name, members) {
  const set = filters[name], whole = members.every((at) => set.has(at));
  for (const at of members) whole ? set.delete(at) : set.add(at);
  change({});
}

function typeFacet() {
  const tally = store.tally.kind, groups = TYPES.map((_, type) => store.types.flatMap((t, at) => (t === type && tally.length > at ? [at] : [])));
  const total = (members) => members.reduce((sum, at) => sum + tally[at], 0);
  const most = Math.max(1, ...groups.map(total));
  return h("section", { class: "facet", "data-facet": "kind" }, h("h3", {}, t("what")), groups.map((members, type) => {
    const some = members.some((at) => filters.kind.has(at));
    if (!total(members) && !some) return null;
    const open = timeline.more["type" + type] || some;
    return [h("div", { class: "pair" },
      bar(typeName(type), total(members), most, members.every((at) => filters.kind.has(at)), () => toggle("kind", members), colour(type)),
      h("button", { class: "fold", type: "button", "aria-expanded": String(open), "aria-label": t("sub_types", { name: typeName(type) }),
        onclick: () => { timeline.more["type" + type] = !open; drawFacets(); } }, open ? "−" : "+")),
    open && members.filter((at) => tally[at] || filters.kind.has(at)).sort((a, b) => tally[b] - tally[a]).map((at) =>
      bar(kindName(at), tally[at], most, filters.kind.has(at), () => toggle("kind", [at]), colour(type), true))];
  }));
}

function placeFacet() {
  const level = timeline.place || "country";
  const names = {
    country: (at) => countryName(store.countries[at]),
    admin1: (at) => { const key = store.admins[at]; return keyName(key) + " – " + countryName(key.split("|")[0]); },
    location: (at) => { const key = store.locations[at]; return keyName(key) + " – " + countryName(key.split("|")[0]); },
  };
  const extra = h("span", { class: "switch", role: "group", "aria-label": t("level") }, Object.keys(names).map((name) =>
    h("button", { type: "button", "aria-pressed": String(name === level), onclick: () => { timeline.place = name; drawFacets(); } },
      t("level_" + name), filters[name].size ? " •" : "")));
  return counted(t("where"), level, names[level], { extra });
}

function drawFacets() {
  const focus = document.activeElement?.closest("#facets button")
    ? [...$("facets").querySelectorAll("button")].indexOf(document.activeElement) : -1;
  fill($("facets"), typeFacet(), placeFacet(), counted(t("who"), "actor", actorName),
    counted(t("place_known"), "level", (at) => t("level" + at), { order: [1, 2, 3, 4, 0] }),
    counted(t("day_known"), "time", (at) => t("time" + at), { order: [1, 2, 3] }),
    page.core.sources.length > 1 && counted(t("outlets"), "source", (at) => page.core.sources[at], { limit: 6 }));
  if (focus >= 0) $("facets").querySelectorAll("button")[focus]?.focus();
}
