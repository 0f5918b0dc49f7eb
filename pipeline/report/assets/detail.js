// The panel that tells one event or report: its fields and rules, its sentences, its sources, how to correct it.
const shownNow = { event: -1, report: -1, back: null, list: null };

// A rule's id and what it means; parts joined by + are explained one by one.
function ruleWords(rule) {
  return rule.split("+").map((part) => {
    const pair = page.rules[part] || page.rules[part.replace(/\.[^.]*$/, ".*")];
    return pair ? (page.lang === "ar" && pair[1]) || pair[0] : "";
  }).filter(Boolean).join(page.lang === "ar" ? "؛ " : "; ");
}

function shownValue(field, value, country) {
  if (value === null) return h("em", { class: "null" }, t("null"));
  if (field === "sub_event_type") return t("sub:" + value);
  if (field === "event_date") { const day = dayOfIso(value); return `${weekday(day)} ${dayWords(day)}`; }
  if (field === "country") return countryName(value);
  if (field === "location") return named(country, value);
  return page.core.arabic.actors[value] && page.lang === "ar" ? page.core.arabic.actors[value] : value;
}

function openPanel(title, ...content) {
  const panel = $("panel");
  const fresh = panel.hidden;
  if (fresh) shownNow.back = document.activeElement;
  panel.hidden = false;
  document.body.classList.add("open");
  fill($("panel-title"), title);
  fill($("panel-body"), ...content);
  $("panel-body").scrollTop = 0;
  $("panel-title").focus({ preventScroll: true });
}

function closePanel() {
  $("panel").hidden = true;
  document.body.classList.remove("open");
  Object.assign(shownNow, { event: -1, report: -1, list: null });
  table.selected = -1;
  history.replaceState(null, "", location.href.split("#")[0]);
  drawRows();
  redrawMap();
  if (shownNow.back?.isConnected) shownNow.back.focus();
  else $("rows").querySelector('[tabindex="0"]')?.focus();
}

function openList(title, rows) {
  shownNow.list = { title, rows };
  const most = 200;
  openPanel(title, h("p", { class: "soft" }, plural("n_events", rows.length)),
    h("ul", { class: "plain" }, rows.slice(0, most).map((i) => h("li", {}, h("button", { type: "button", class: "item", onclick: () => openEvent(i) },
      h("i", { class: "dot", style: "background:" + colour(store.e.type[i]) }), h("span", {}, dayCell(i), " · ", kindName(store.e.kind[i]),
        h("small", { dir: "auto" }, actorWords(i))), store.e.fatalities[i] ? h("b", { title: t("column_fatalities") }, number(store.e.fatalities[i])) : null)))),
    rows.length > most && h("p", { class: "soft" }, t("first_n_of_m", { n: number(most), m: number(rows.length) })));
}

async function openEvent(i) {
  await page.loaded;
  const e = store.e, d = page.detail, reports = d.of[i], place = store.places[e.place[i]];
  table.selected = i;
  Object.assign(shownNow, { event: i, report: -1 });
  history.replaceState(null, "", "#event=" + e.id[i]);
  const first = reports[0], others = reports.slice(1).filter((r) => d.reports.decision[r] === 1);
  const coded = reports.filter((r) => d.reports.decision[r] === 0);
  const left = [...new Set(reports.map((r) => d.reports.article[r]))].flatMap((a) => d.byArticle[a]).filter((r) => d.reports.decision[r] === 2);
  openPanel([h("i", { class: "dot big", style: "background:" + colour(e.type[i]) }), " ", kindName(e.kind[i])],
    stepper(i),
    h("p", { class: "lead" }, e.time[i] === 1 ? weekday(e.day[i]) + " " : "≈ ", dayWords(e.day[i]),
      e.first[i] || e.last[i] ? h("small", {}, " (" + dayShort(e.day[i] + e.first[i]) + " – " + dayShort(e.day[i] + e.last[i]) + ")") : null, h("br"),
      levelMark(e.level[i]), " ", placeWords(place, e.level[i]), place.admin1 && place.admin1 !== place.location ? h("small", {}, " · " + adminName(place)) : null,
      h("small", { class: "know" }, t("know" + e.level[i]), " ", t("knowtime" + e.time[i]))),
    h("p", { class: "note", dir: "ltr", lang: "en" }, e.notes[i]),
    page.core.corrected[e.id[i]] && [h("h3", {}, t("corrected")), page.core.corrected[e.id[i]].map(([field, old, value, who, why, day]) =>
      h("p", { class: "corrected" }, h("b", {}, t("field:" + field)), field !== "add" && [": ", h("bdi", {}, old ?? t("null")), page.lang === "ar" ? " ← " : " → ", h("b", {}, h("bdi", {}, value ?? t("null")))],
        h("br"), h("span", { class: "soft" }, h("bdi", {}, who), ", ", h("bdi", {}, day), ": ", h("bdi", {}, why))))],
    h("h3", {}, t("why_coded")),
    first === undefined ? h("p", { class: "none" }, t("added")) : readings(coded.length ? coded[0] : first, i),
    coded.slice(1).map((r) => h("details", {}, h("summary", {}, t("also_told", { name: d.articles.source[d.reports.article[r]] || t("outlet_unknown") })), readings(r, -1))),
    others.length > 0 && h("details", {}, h("summary", {}, t("told_again", { n: number(others.length) })), others.map((r) => [
      h("p", { class: "soft" }, reasonWords(r)), arabicBlock(sentenceOf(r), [{ span: triggerOf(r), field: "sub_event_type", group: "what", label: t("sub:" + store.kinds[d.reports.kind[r]][0]) }])])),
    left.length > 0 && h("details", {}, h("summary", {}, t("not_coded_here", { n: number(left.length) })), left.map((r) => droppedItem(r))),
    h("h3", {}, t("sources")), [...new Set(reports.map((r) => d.reports.article[r]))].map((a) => sourceOf(a, coded.flatMap(marksOf))),
    h("h3", {}, t("correct")), corrector(i),
    h("p", { class: "ids" }, h("code", {}, "marsad explain " + e.id[i]), " · ", t("confidence", { n: e.confidence[i] + "%" }),
      e.scope[i] ? null : " · " + t("outside_scope")));
  drawRows();
  redrawMap();
}

function stepper(i) {
  const at = store.shown.indexOf(i);
  const go = (to) => { focusRowQuietly(to); openEvent(store.shown[to]); };
  return h("p", { class: "stepper" }, shownNow.list && h("button", { type: "button", onclick: () => openList(shownNow.list.title, shownNow.list.rows) }, t("back_to_list")),
    at >= 0 && h("button", { type: "button", disabled: at === 0, onclick: () => go(at - 1) }, t("previous")),
    at >= 0 && h("button", { type: "button", disabled: at === store.shown.length - 1, onclick: () => go(at + 1) }, t("next")));
}

function focusRowQuietly(at) {
  table.focus = at;
  $("scroll").scrollTop = Math.max(0, at * table.row - 120);
}

// Sentences with their marks, then field by field: words → value, and the rule that read them.
function readings(report, event) {
  const values = valuesOf(report), marks = marksOf(report), ranges = [sentenceOf(report)];
  for (const { span } of marks) if (!ranges.some((range) => within(span, range))) ranges.push(sentenceAround(span));
  ranges.sort((a, b) => a.in - b.in || a.start - b.start);
  const clash = new Set(), country = values.find((v) => v.field === "country")?.value;
  const line = (field, value, span, rule) => {
    const key = field + rule;
    if (clash.has(key)) return null;
    clash.add(key);
    return h("div", { class: "field", "data-field": field, onmouseenter: () => light(field, true), onmouseleave: () => light(field, false) },
      h("dt", {}, h("i", { class: "key m-" + (GROUPS[field] || "what") }), t("field:" + field)),
      h("dd", {}, h("span", { class: "value", dir: "auto" }, shownValue(field, value, country)),
        span && h("span", { class: "from" }, t("from_words"), " ", h("bdi", { class: "ar", lang: "ar", dir: "rtl" }, "«" + wordsOf(span) + "»")),
        h("span", { class: "rule" }, h("code", {}, rule), " ", h("bdi", {}, ruleWords(rule)))));
  };
  const e = store.e;
  return [h("p", {}, reasonWords(report), " · ", t("confidence", { n: page.detail.reports.confidence[report] + "%" })),
    h("div", { class: "evidence" }, ranges.map((range) => arabicBlock(range, marks))),
    h("dl", { class: "fields" }, values.filter((v) => !(v.value === null && !v.span && v.field !== "location" && v.field !== "actor1")).map((v) => line(v.field, v.value, v.span, v.rule)),
      event >= 0 && !values.some((v) => v.field === "fatalities" && v.value === String(e.fatalities[event])) &&
        line("fatalities_event", String(e.fatalities[event]), null, page.core.rules[e.fatalities_rule[event]]))];
}

function light(field, on) {
  for (const mark of $("panel-body").querySelectorAll("mark"))
    if (mark.dataset.field.split(" ").includes(field)) mark.classList.toggle("lit", on);
}

function sourceOf(a, marks) {
  const x = page.detail.articles, url = /^https?:\/\//.test(x.url[a] || "") ? x.url[a] : null;
  const whole = h("details", {}, h("summary", {}, t("whole_article")));
  whole.addEventListener("toggle", () => {
    if (whole.childNodes.length > 1) return;
    const units = unitsOf(a, 1);
    whole.append(h("div", { class: "article" }, arabicBlock({ article: a, in: 1, start: 0, end: units.length }, marks, { class: "ar whole" })));
  });
  return h("div", { class: "source" }, h("b", { dir: "auto" }, x.source[a] || t("outlet_unknown")), " · ", t("published", { time: articleTime(a) }),
    h("p", { class: "ar", dir: "rtl", lang: "ar" }, marked({ article: a, in: 0, start: 0, end: unitsOf(a, 0).length }, marks)),
    url ? h("p", {}, h("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "ltr" }, url)) : null,
    h("p", { class: "soft" }, h("code", {}, x.article_id[a]), " · ", h("bdi", {}, x.file[a] + ":" + x.line[a])), whole);
}

const CORRECTABLE = ["event_date", "time_precision", "sub_event_type", "location", "admin1", "country", "latitude", "longitude", "geo_precision", "actor1", "actor2", "fatalities", "injured", "crowd_size"];
const cell = (text) => (/[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);

// A row of corrections.csv: event_id,field,value,who,why,date.
function corrector(i) {
  const today = () => new Date().toISOString().slice(0, 10);
  const field = h("select", { "aria-label": t("correct_field") }, CORRECTABLE.map((name) => h("option", { value: name }, t("field:" + name))), h("option", { value: "drop" }, t("correct_drop")));
  const box = (key) => h("input", { type: "text", "aria-label": t(key), placeholder: t(key), dir: "auto" });
  const value = box("correct_value"), who = box("correct_who"), why = box("correct_why");
  who.value = page.who || "";
  const preview = h("code", { class: "preview", dir: "ltr" });
  const row = () => [store.e.id[i], field.value, field.value === "drop" ? "" : value.value, who.value, why.value, today()].map((text) => cell(text.trim())).join(",");
  // The row says who and why, or the dataset will not read it.
  const wanting = () => [...(field.value === "drop" ? [] : [value]), who, why].find((input) => !input.value.trim());
  const show = () => {
    page.who = who.value;
    value.disabled = field.value === "drop";
    value.setAttribute("list", field.value === "sub_event_type" ? "sub-types" : "");
    value.placeholder = { event_date: "2021-06-03", geo_precision: "1, 2, 3", time_precision: "1, 2, 3" }[field.value] || t("correct_value");
    preview.textContent = row();
  };
  const copy = () => (wanting() ? wanting().focus() : copied(row(), button));
  const button = h("button", { type: "button", class: "primary", id: "copy-correction", onclick: copy }, t("copy_row"));
  const subTypes = Object.keys(page.words).filter((key) => key.startsWith("sub:")).map((key) => h("option", { value: key.slice(4) }, t(key)));
  for (const input of [field, value, who, why]) input.addEventListener("input", show);
  show();
  return h("form", { class: "correct", onsubmit: (event) => { event.preventDefault(); copy(); } },
    h("p", { class: "soft" }, t("correct_how")), field, value, who, why, preview, button, h("datalist", { id: "sub-types" }, subTypes),
    h("p", { class: "soft" }, h("code", { dir: "ltr" }, "event_id,field,value,who,why,date")));
}
