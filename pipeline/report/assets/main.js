// Starting the page, and everything that is redrawn when language, theme or filters change.
const drawCharts = soon(() => { drawFacets(); drawTimeline(); drawTable(); drawChips(); drawMap(); });

function change(wanted) {
  Object.assign(filters, wanted);
  sift();
  $("scroll").scrollTop = 0;
  table.focus = -1;
  drawCharts();
  say(t("n_of_m", { n: number(store.shown.length), m: number(store.n) }));
}

function drawChips() {
  const chips = [], f = filters;
  const chip = (words, drop) => chips.push(h("button", { type: "button", class: "chip", "data-words": words, onclick: drop, "aria-label": t("remove", { name: words }) }, words, h("span", { "aria-hidden": "true" }, " ×")));
  if (f.text) chip("“" + f.text + "”", () => change({ text: "" }));
  if (f.from !== null || f.to !== null) chip((f.from === null ? "…" : dayShort(f.from)) + " – " + (f.to === null ? "…" : dayShort(f.to)), () => change({ from: null, to: null }));
  const names = { kind: kindName, country: (at) => countryName(store.countries[at]), actor: actorName, source: (at) => page.core.sources[at],
    admin1: (at) => keyName(store.admins[at]), location: (at) => keyName(store.locations[at]),
    level: (at) => t("level" + at), time: (at) => t("time" + at) };
  for (const name in names) {
    let members = [...f[name]];
    if (name === "kind") TYPES.forEach((_, type) => {
      const whole = store.types.flatMap((x, at) => (x === type && at < store.tally.kind.length ? [at] : []));
      if (whole.length > 1 && whole.every((at) => f.kind.has(at))) { chip(typeName(type), () => toggle("kind", whole)); members = members.filter((at) => !whole.includes(at)); }
    });
    for (const at of members) chip(names[name](at), () => toggle(name, [at]));
  }
  if (f.least) chip(t("least_chip", { n: f.least }), () => change({ least: 0 }));
  if (f.sure) chip(t("sure_chip", { n: f.sure }), () => change({ sure: 0 }));
  if (f.scope) chip(t("scope"), () => change({ scope: false }));
  if (f.targeting) chip(t("targeting"), () => change({ targeting: false }));
  if (chips.length) chips.push(h("button", { type: "button", class: "clear", onclick: () => { clearFilters(); change({}); } }, t("clear")));
  fill($("chips"), chips);
  if (document.activeElement !== $("search")) $("search").value = f.text;
  $("from").value = f.from === null ? "" : isoDay(f.from);
  $("to").value = f.to === null ? "" : isoDay(f.to);
  $("least").value = f.least || "";
  $("sure").value = f.sure;
  $("scope").checked = f.scope;
  $("targeting").checked = f.targeting;
  const e = store.e, dead = store.shown.reduce((sum, i) => sum + e.fatalities[i], 0);
  fill($("sums"), [["events", store.shown.length], ["fatalities", dead], ["articles", page.core.articles]].map(([name, n]) =>
    h("div", {}, h("b", {}, number(n)), h("span", {}, t("sum_" + name)))));
}

function drawWords() {
  document.documentElement.lang = page.lang;
  document.dir = document.documentElement.dir = page.lang === "ar" ? "rtl" : "ltr";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-label]")) { node.setAttribute("aria-label", t(node.dataset.label)); node.title = t(node.dataset.label); }
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = t(node.dataset.hint);
  $("title").textContent = page.core.title;
  document.title = "Marsad · " + page.core.title;
  $("language").textContent = page.lang === "ar" ? "English" : "العربية";
  $("language").lang = page.lang === "ar" ? "en" : "ar";
  const keys = [...TYPES.keys()].filter((type) => store.types.includes(type));
  fill($("legend"), keys.map((type) => h("span", {}, h("i", { class: "dot", style: "background:" + colour(type) }), typeName(type))),
    [1, 2, 3, 4].map((level) => h("span", {}, levelMark(level), t("level" + level))));
  drawAbout();
}

function drawAbout() {
  const core = page.core;
  fill($("about"), h("section", { class: "card" }, ["about_1", "about_2", "about_3", "about_4", "about_keys"].map((key) => h("p", {}, t(key))),
    h("h3", {}, t("about_build")),
    h("table", { class: "facts" }, h("tbody", {}, core.facts.map(([key, value]) => h("tr", {}, h("th", {}, t("fact:" + key)), h("td", { dir: "auto" }, value))))),
    store.n < core.total && h("p", {}, t("first_n_of_m", { n: number(store.n), m: number(core.total) })),
    h("p", { class: "soft" }, t("about_map")), h("p", { class: "soft" }, t("about_acled"))));
}

function language(lang) {
  page.lang = lang;
  try { localStorage.setItem("marsad-language", lang); } catch { /* a page in an e-mail may keep nothing */ }
  drawWords();
  sortShown();
  drawCharts();
  drawDropped();
  if (shownNow.event >= 0) openEvent(shownNow.event);
  else if (shownNow.list) { $("panel").hidden || closePanel(); }
}

function showTab(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const on = tab.id === "tab-" + name;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    $(tab.getAttribute("aria-controls")).hidden = !on;
  }
  if (name === "events") drawCharts();
  if (name === "dropped") drawDropped();
}

function showTip(event, content) {
  const tip = fill($("tip"), content);
  tip.hidden = false;
  const x = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8), y = event.clientY + 16 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 10 : event.clientY + 16;
  tip.style.transform = `translate(${Math.max(4, x)}px,${Math.max(4, y)}px)`;
}
const hideTip = () => { $("tip").hidden = true; };

function theme(name) {
  document.documentElement.dataset.theme = name;
  try { localStorage.setItem("marsad-theme", name); } catch { /* as above */ }
  if (store.e) { drawMap(); drawTimeline(); }
}

function startControls() {
  const later = (work) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(work, 140); }; };
  const day = (id) => { const at = dayOfIso($(id).value); return Number.isNaN(at) ? null : at; };
  $("search").addEventListener("input", later(() => change({ text: $("search").value.trim() })));
  for (const id of ["from", "to"]) $(id).addEventListener("change", () => change({ [id]: day(id) }));
  $("least").addEventListener("input", later(() => change({ least: Math.max(0, Number($("least").value) || 0) })));
  $("sure").addEventListener("input", later(() => change({ sure: Number($("sure").value) })));
  for (const id of ["scope", "targeting"]) $(id).addEventListener("change", () => change({ [id]: $(id).checked }));
  $("scroll").addEventListener("scroll", soon(drawRows), { passive: true });
  $("language").addEventListener("click", () => language(page.lang === "ar" ? "en" : "ar"));
  $("theme").addEventListener("click", () => theme(getComputedStyle(document.documentElement).colorScheme === "dark" ? "light" : "dark"));
  $("print").addEventListener("click", () => print());
  $("panel-close").addEventListener("click", closePanel);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("panel").hidden) closePanel();
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { event.preventDefault(); showTab("events"); $("search").focus(); }
  });
  const tabs = [...document.querySelectorAll("[role=tab]")];
  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => showTab(tab.id.slice(4)));
    tab.addEventListener("keydown", (event) => {
      const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!turn) return;
      const next = tabs[(at + turn * (document.dir === "rtl" ? -1 : 1) + tabs.length) % tabs.length];
      showTab(next.id.slice(4));
      next.focus();
    });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawMap(); drawTimeline(); });
  addEventListener("beforeprint", () => { printTable(); drawMap(); drawTimeline(); });
  if (innerWidth <= 900) $("more-filters").open = false;
}

// The texts that a search looks into are folded while nothing else is to do.
function warm(from) {
  const idle = self.requestIdleCallback || ((work) => setTimeout(work, 30));
  for (let i = from; i < Math.min(store.n, from + 150); i++) searched(i);
  if (from + 150 < store.n) idle(() => warm(from + 150));
}

async function start() {
  let wanted = (navigator.language || "").startsWith("ar") ? "ar" : "en";
  try {
    wanted = localStorage.getItem("marsad-language") || wanted;
    const kept = localStorage.getItem("marsad-theme");
    if (kept) theme(kept);
  } catch { /* nothing kept */ }
  if (!self.DecompressionStream) throw new Error("DecompressionStream");
  const core = await unpacked("core");
  Object.assign(page, { core, words: core.words, rules: core.rule_words, reasons: core.reason_words, lang: wanted });
  loadOutlines(core.outlines);
  loadEvents(core);
  sift();
  drawWords();
  startControls();
  startMap();
  startTimeline();
  fitMost();
  drawCharts();
  document.body.classList.add("ready");
  page.loaded = new Promise((done) => setTimeout(done, 60)).then(() => unpacked("detail")).then(loadDetail);
  await page.loaded;
  document.body.classList.add("whole");
  warm(0);
  const asked = location.hash.match(/event=([0-9a-f]+)/);
  if (asked && store.at.has(asked[1])) openEvent(store.at.get(asked[1]));
}

start().catch((error) => {
  $("trouble").hidden = false;
  $("trouble").textContent += " (" + error.message + ")";
  console.error(error);
});
