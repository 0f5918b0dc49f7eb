// The articles behind the events: sentences, and the words in them that each field was read from.
const GROUPS = { sub_event_type: "what", event_date: "when", country: "where", location: "where", actor1: "who", actor2: "who",
  assoc_actor_1: "who", assoc_actor_2: "who", fatalities: "many", fatalities_event: "many", injured: "many", crowd_size: "many" };

function loadDetail(detail) {
  const r = detail.reports, v = detail.values;
  r.id = idsOf(r.id);
  detail.of = Array.from({ length: store.n }, () => []);
  detail.byArticle = Array.from({ length: detail.articles.article_id.length }, () => []);
  r.event.forEach((event, i) => {
    if (event >= 0) detail.of[event].push(i);
    detail.byArticle[r.article[i]].push(i);
  });
  for (const list of detail.of) list.sort((a, b) => r.decision[a] - r.decision[b]);
  v.report = summed(v.report);
  detail.valuesFrom = new Int32Array(r.id.length + 1).fill(-1);
  v.report.forEach((report, i) => { if (detail.valuesFrom[report] < 0) detail.valuesFrom[report] = i; });
  detail.units = [];
  page.detail = detail;
  store.texts = null;
}

// A publication time as printed; in Arabic it is kept from being turned about.
function articleTime(a) {
  const time = page.detail.articles.published_at[a].replace("T", " ").slice(0, 16);
  return page.lang === "ar" ? "\u2066" + time + "\u2069" : time;
}

// The letters of an article's title (0) or text (1).
function unitsOf(article, inText) {
  const key = article * 2 + inText, { units, articles } = page.detail;
  return units[key] || (units[key] = characters((inText ? articles.text : articles.title)[article] || ""));
}

function evidenceOf(event) {
  return page.detail.of[event].map((report) => {
    const s = sentenceOf(report);
    return cut(unitsOf(s.article, s.in), s.start, s.end);
  }).join(" ");
}

// The sentence of a report as a range of its article.
function sentenceOf(report) {
  const r = page.detail.reports;
  return { article: r.article[report], in: r.in[report], start: r.start[report], end: r.start[report] + r.length[report] };
}

// The values of a report: field, value, rule, and the range of their words (null where a rule alone speaks).
function valuesOf(report) {
  const { values: v, strings, valuesFrom } = page.detail, r = page.detail.reports, found = [];
  for (let i = valuesFrom[report]; i >= 0 && v.report[i] === report; i++) {
    const start = r.start[report] + v.start[i];
    found.push({ field: v.fields[v.field[i]], value: v.value[i] < 0 ? null : strings[v.value[i]], rule: page.core.rules[v.rule[i]],
      span: v.in[i] < 0 ? null : { article: r.article[report], in: v.in[i], start, end: start + v.length[i] } });
  }
  return found;
}

function triggerOf(report) {
  const r = page.detail.reports, start = r.start[report] + r.trigger[report];
  return { article: r.article[report], in: r.in[report], start, end: start + r.word[report] };
}

const wordsOf = (span) => cut(unitsOf(span.article, span.in), span.start, span.end);
const within = (a, b) => a.article === b.article && a.in === b.in && a.start >= b.start && a.end <= b.end;

// The sentence that holds a span: one that a report stands in, else what lies between two full stops.
function sentenceAround(span) {
  for (const report of page.detail.byArticle[span.article]) {
    const sentence = sentenceOf(report);
    if (within(span, sentence)) return sentence;
  }
  const units = unitsOf(span.article, span.in), stop = (at) => "\n.؟!?".includes(units[at]);
  let { start, end } = span;
  while (start > 0 && !stop(start - 1)) start--;
  while (end < units.length && !stop(end)) end++;
  while (start < span.start && /\s/.test(units[start])) start++;
  return { ...span, start, end: Math.min(units.length, units[end] === "\n" ? end : end + 1) };
}

// A range of an article with marks: [{span, group, label}] become <mark>, overlapping ones share their words.
function marked(range, marks) {
  const inside = marks.filter((m) => m.span.article === range.article && m.span.in === range.in && m.span.start < range.end && m.span.end > range.start);
  const cuts = [...new Set([range.start, range.end, ...inside.flatMap((m) => [Math.max(range.start, m.span.start), Math.min(range.end, m.span.end)])])].sort((a, b) => a - b);
  const units = unitsOf(range.article, range.in), nodes = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const text = cut(units, cuts[i], cuts[i + 1]);
    const here = inside.filter((m) => m.span.start <= cuts[i] && m.span.end >= cuts[i + 1]);
    if (!here.length) { nodes.push(document.createTextNode(text)); continue; }
    const ending = here.filter((m) => Math.min(range.end, m.span.end) === cuts[i + 1]);
    const fields = [...new Set(here.map((m) => m.field))];
    nodes.push(h("mark", { class: here.map((m) => "m-" + m.group).filter((c, k, all) => all.indexOf(c) === k).join(" "), "data-field": fields.join(" "),
      title: here.map((m) => m.label).join(" · ") }, text,
    ending.length && ending[0].label ? h("small", { dir: page.lang === "ar" ? "rtl" : "ltr", lang: page.lang, "aria-hidden": "true" }, [...new Set(ending.map((m) => m.label))].join(" · ")) : null));
  }
  return nodes;
}

const arabicBlock = (range, marks, props) => h("p", { class: "ar", dir: "rtl", lang: "ar", ...props },
  marked(range, marks).flatMap((node) => node));

// The marks of a report: one for each value with words, and its trigger.
function marksOf(report) {
  const marks = valuesOf(report).filter((v) => v.span).map((v) => ({ span: v.span, field: v.field, group: GROUPS[v.field] || "what",
    label: t("mark:" + (GROUPS[v.field] || "what")) }));
  if (!marks.some((m) => m.field === "sub_event_type"))
    marks.push({ span: triggerOf(report), field: "sub_event_type", group: "what", label: t("mark:what") });
  return marks;
}
