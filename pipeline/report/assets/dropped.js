// What was not coded, and why: dropped and merged reports by reason, and records that could not be used.
const left = { reason: "", from: 0 };
const reasonText = (reason) => { const pair = page.reasons[reason]; return pair ? pair[page.lang === "ar" ? 1 : 0] || pair[0] : reason; };
const reasonWords = (report) => reasonText(page.detail.reasons[page.detail.reports.reason[report]]);

async function drawDropped() {
  const tally = page.core.reasons, total = (name) => tally.filter((r) => r[0] === name).reduce((sum, r) => sum + r[2], 0);
  const dropped = tally.filter((r) => r[0] === "dropped"), most = Math.max(1, ...dropped.map((r) => r[2]));
  if (!dropped.some((r) => r[1] === left.reason)) left.reason = dropped.length ? dropped[0][1] : "";
  const aside = page.core.aside;
  fill($("dropped"),
    h("p", { class: "intro" }, t("dropped_intro", { all: number(total("coded") + total("merged") + total("dropped")), coded: number(total("coded")),
      merged: number(total("merged")), dropped: number(total("dropped")) })),
    h("div", { class: "two" },
      h("section", { class: "card facet" }, h("h3", {}, t("dropped_reasons")),
        dropped.length ? dropped.map(([, reason, n]) => bar(t("reason:" + reason), n, most, reason === left.reason, () => { left.reason = reason; drawDropped(); }))
          : h("p", { class: "none" }, t("none")),
        h("h3", {}, t("merged_reasons")), tally.filter((r) => r[0] === "merged").map(([, reason, n]) =>
          h("p", { class: "soft" }, h("b", {}, t("reason:" + reason) + ": " + number(n)), h("br"), reasonText(reason))),
        h("h3", {}, t("aside")), aside.counts.length ? aside.counts.map(([reason, n]) => h("p", { class: "soft" }, h("b", {}, t("aside:" + reason) + ": " + number(n)), h("br"), t("asidewhy:" + reason)))
          : h("p", { class: "none" }, t("aside_none"))),
      h("section", { class: "card", id: "left" }, h("p", { class: "none" }, t("loading")))),
    aside.rows.length > 0 && h("section", { class: "card" }, h("h3", {}, t("aside_records")), h("div", { class: "wide" }, h("table", {},
      h("thead", {}, h("tr", {}, ["file", "line", "id", "reason", "detail"].map((name) => h("th", {}, t("aside_" + name))))),
      h("tbody", {}, aside.rows.map(([file, line, id, reason, more]) => h("tr", {}, h("td", { dir: "ltr" }, file), h("td", {}, number(line)), h("td", { dir: "ltr" }, id || "–"),
        h("td", {}, t("aside:" + reason)), h("td", { dir: "auto" }, more))))))));
  await page.loaded;
  drawLeft();
}

function drawLeft() {
  const d = page.detail, rows = [];
  d.reports.decision.forEach((decision, i) => { if (decision === 2 && d.reasons[d.reports.reason[i]] === left.reason) rows.push(i); });
  const all = page.core.reasons.find((r) => r[0] === "dropped" && r[1] === left.reason)?.[2] || 0;
  const box = $("left");
  if (!box) return;
  const list = h("div", { class: "lefts" });
  const more = h("button", { type: "button", class: "more" }, t("more"));
  let at = 0;
  const add = () => { list.append(...rows.slice(at, at + 30).map((r) => droppedItem(r))); at += 30; more.hidden = at >= rows.length; };
  more.addEventListener("click", add);
  fill(box, left.reason ? [h("h3", {}, t("reason:" + left.reason), " · ", number(all)), h("p", {}, reasonText(left.reason)),
    rows.length < all && h("p", { class: "soft" }, t("capped", { n: number(rows.length), m: number(all) })), list, more] : h("p", { class: "none" }, t("none")));
  if (left.reason) add();
}

// One candidate that was not coded: what its words would have meant, its day and place, the reason, its sentence.
function droppedItem(report) {
  const d = page.detail, values = Object.fromEntries(valuesOf(report).map((v) => [v.field, v])), a = d.reports.article[report];
  const actors = ["actor1", "actor2"].map((name) => values[name]?.value).filter(Boolean).map((name) => arabic("actors", name));
  const place = values.location?.value || values.country?.value;
  return h("article", { class: "left", "data-report": d.reports.id[report] },
    h("p", {}, h("b", {}, t("sub:" + store.kinds[d.reports.kind[report]][0])), " · ", values.event_date?.value ? dayWords(dayOfIso(values.event_date.value)) : t("no_day"),
      place ? [" · ", values.location?.value ? named(values.country?.value, place) : countryName(place)] : null,
      actors.length ? h("span", { class: "soft", dir: "auto" }, " · " + actors.join(page.lang === "ar" ? " ← " : " → ")) : null),
    arabicBlock(sentenceOf(report), marksOf(report)),
    h("p", { class: "why" }, h("b", {}, t("reason:" + d.reasons[d.reports.reason[report]])), ": ", reasonWords(report),
      values.event_date ? [h("br"), h("span", { class: "soft" }, h("code", {}, values.event_date.rule), " ", h("bdi", {}, ruleWords(values.event_date.rule)),
        " · ", t("published", { time: articleTime(a) }))] : null),
    h("p", { class: "soft" }, h("bdi", {}, d.articles.source[a] || t("outlet_unknown")), " · ", h("code", {}, "marsad explain " + d.reports.id[report])));
}
