// Words, elements, numbers and days; and the data that the page carries, unpacked.
const $ = (id) => document.getElementById(id);
const page = { lang: "en", core: null, detail: null, words: {}, rules: {}, reasons: {} };

// The word of a key in the page's language; {name} is filled from the values.
function t(key, values) {
  const pair = page.words[key];
  let text = pair ? pair[page.lang === "ar" ? 1 : 0] : key.slice(key.indexOf(":") + 1);
  for (const name in values) text = text.replace("{" + name + "}", values[name]);
  return text;
}

// The word of a key for a number, in the language's own plural forms: key.one, key.two, key.few …
function plural(key, n) {
  const form = key + "." + made("plural", () => new Intl.PluralRules(page.lang)).select(n);
  return t(page.words[form] ? form : key + ".other", { n: number(n) });
}

// h("p", {class: "x", onclick: f}, "text", node, [nodes]) makes an element; text is never read as HTML.
function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const name in props || {}) {
    const value = props[name];
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") node.style.cssText = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  put(node, children);
  return node;
}

function put(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) put(node, child);
    else node.append(child);
  }
}

function fill(node, ...children) {
  node.replaceChildren();
  put(node, children);
  return node;
}

const locale = () => (page.lang === "ar" ? "ar-EG-u-nu-latn" : "en-GB");
const formats = {};
function made(name, make) {
  const key = name + page.lang;
  return formats[key] || (formats[key] = make());
}
const number = (n) => made("number", () => new Intl.NumberFormat(locale())).format(n);
const DAY = 86400000;
const dateOf = (day) => new Date(day * DAY);
const isoDay = (day) => dateOf(day).toISOString().slice(0, 10);
const dayOfIso = (text) => Math.floor(Date.parse(text + "T00:00:00Z") / DAY);
const utc = (options) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options });
const dayWords = (day) => made("day", () => utc({ day: "numeric", month: "long", year: "numeric" })).format(dateOf(day));
const dayShort = (day) => made("short", () => utc({ day: "numeric", month: "short", year: "numeric" })).format(dateOf(day));
const monthWords = (day) => made("month", () => utc({ month: "short", year: "numeric" })).format(dateOf(day));
const weekday = (day) => made("weekday", () => utc({ weekday: "long" })).format(dateOf(day));

// Arabic letters folded as the pipeline folds them, so that a search finds every spelling.
function folded(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0655\u0670\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه");
}

// Spans count characters (code points); JavaScript counts UTF-16 units. The two differ only beyond U+FFFF.
function characters(text) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
}
function cut(units, start, end) {
  const part = units.slice(start, end);
  return typeof part === "string" ? part : part.join("");
}

async function unpacked(id) {
  const text = $(id).textContent.trim();
  let bytes;
  if (Uint8Array.fromBase64) bytes = Uint8Array.fromBase64(text);
  else {
    const raw = atob(text);
    bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const value = JSON.parse(await new Response(stream).text());
  $(id).remove();
  return value;
}

const summed = (steps) => { let at = 0; return steps.map((step) => (at += step)); };
const idsOf = (joined) => (joined[0] === "\n" ? joined.slice(1).split("\n") : joined.match(/.{16}/g) || []);

async function copied(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { style: "position:fixed;opacity:0" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const before = button.textContent;
  button.textContent = t("copied");
  say(t("copied"));
  setTimeout(() => (button.textContent = before), 1500);
}

// A line for screen readers.
function say(text) {
  $("live").textContent = text;
}

function soon(work) {
  let waiting = 0;
  return () => { waiting = waiting || requestAnimationFrame(() => { waiting = 0; work(); }); };
}
