// The table of events: only the rows in sight exist, so that any number of them scrolls smoothly.
const table = { row: 46, focus: -1, selected: -1 };
const COLUMNS = ["day", "kind", "place", "actors", "fatalities", "confidence"];

function drawTable() {
  fill($("thead"), COLUMNS.map((name) => h("div", { role: "columnheader", class: "c-" + name,
    "aria-sort": store.sort.by === name ? (store.sort.down ? "descending" : "ascending") : "none" },
  h("button", { type: "button", onclick: () => sortBy(name) }, t("column_" + name),
    h("span", { "aria-hidden": "true" }, store.sort.by === name ? (store.sort.down ? " ▾" : " ▴") : "")))));
  $("grid").setAttribute("aria-rowcount", store.shown.length + 1);
  table.row = parseFloat(getComputedStyle($("scroll")).getPropertyValue("--row")) || 46;
  $("tall").style.height = store.shown.length * table.row + "px";
  $("count").textContent = t("n_of_m", { n: number(store.shown.length), m: number(store.n) });
  $("empty").hidden = store.shown.length > 0;
  table.focus = Math.min(table.focus, store.shown.length - 1);
  drawRows();
}

function sortBy(name) {
  store.sort = { by: name, down: store.sort.by === name ? !store.sort.down : name !== "place" && name !== "actors" && name !== "kind" };
  sortShown();
  $("scroll").scrollTop = 0;
  drawTable();
  document.querySelector("#thead .c-" + name + " button").focus();
}

function drawRows() {
  const view = $("scroll"), body = $("rows");
  const first = Math.max(0, Math.floor(view.scrollTop / table.row) - 4);
  const last = Math.min(store.shown.length, Math.ceil((view.scrollTop + view.clientHeight) / table.row) + 4);
  body.style.transform = `translateY(${first * table.row}px)`;
  const focused = body.contains(document.activeElement);
  fill(body, store.shown.slice(first, last).map((i, k) => rowOf(i, first + k)));
  if (focused) body.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
}

function rowOf(i, at) {
  const e = store.e, place = store.places[e.place[i]];
  return h("div", { role: "row", class: "row" + (i === table.selected ? " on" : ""), "aria-rowindex": at + 2, "data-event": e.id[i],
    "aria-selected": String(i === table.selected),
    tabindex: at === Math.max(0, table.focus) ? 0 : -1, onclick: () => { table.focus = at; openEvent(i); }, onkeydown: (event) => rowKey(event, at) },
  h("div", { role: "cell", class: "c-day" }, dayCell(i)),
  h("div", { role: "cell", class: "c-kind" }, h("i", { class: "dot", style: "background:" + colour(e.type[i]) }), h("span", {}, kindName(e.kind[i]))),
  h("div", { role: "cell", class: "c-place" }, levelMark(e.level[i]), h("span", { dir: "auto" }, placeWords(place, e.level[i]))),
  h("div", { role: "cell", class: "c-actors", dir: "auto" }, actorWords(i)),
  h("div", { role: "cell", class: "c-fatalities" }, e.fatalities[i] ? h("b", {}, number(e.fatalities[i])) : "0"),
  h("div", { role: "cell", class: "c-confidence" }, h("span", { class: "meter", style: "--full:" + e.confidence[i] + "%" }), e.confidence[i] + "%"));
}

const dayCell = (i) => (store.e.time[i] === 1 ? "" : "≈ ") + dayShort(store.e.day[i]);

function placeWords(place, level) {
  if (level === NOWHERE) return t("no_place");
  if (!place.location) return t("somewhere_in", { name: countryName(place.country) });
  const name = placeName(place), country = countryName(place.country);
  return (level === NEAR ? t("near_place", { name }) : name) + (country ? page.lang === "ar" ? "، " + country : ", " + country : "");
}

const levelMark = (level) => h("i", { class: "level l" + level, title: t("level" + level) });
const actorWords = (i) => [store.e.actor1[i], store.e.actor2[i]].filter((at) => at >= 0).map(actorName).join(page.lang === "ar" ? " ← " : " → ") || "–";

function rowKey(event, at) {
  const pageful = Math.max(1, Math.floor($("scroll").clientHeight / table.row) - 1);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + pageful, PageUp: at - pageful, Home: 0, End: store.shown.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); table.focus = at; openEvent(store.shown[at]); }
  if (to === undefined) return;
  event.preventDefault();
  focusRow(Math.max(0, Math.min(store.shown.length - 1, to)));
}

function focusRow(at) {
  const view = $("scroll"), top = at * table.row;
  table.focus = at;
  if (top < view.scrollTop) view.scrollTop = top;
  if (top + table.row > view.scrollTop + view.clientHeight) view.scrollTop = top + table.row - view.clientHeight;
  drawRows();
  $("rows").querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
}

// On paper there is no scrolling: the first rows stand in a plain table.
const PRINTED = 400;
function printTable() {
  fill($("printed"),
    h("p", {}, $("chips").textContent ? t("filtered") + " " + [...$("chips").querySelectorAll(".chip")].map((c) => c.dataset.words).join("; ") : ""),
    h("table", {}, h("thead", {}, h("tr", {}, COLUMNS.map((name) => h("th", {}, t("column_" + name))))),
      h("tbody", {}, store.shown.slice(0, PRINTED).map((i) => h("tr", {}, h("td", {}, dayCell(i)), h("td", {}, kindName(store.e.kind[i])),
        h("td", { dir: "auto" }, placeWords(store.places[store.e.place[i]], store.e.level[i])), h("td", { dir: "auto" }, actorWords(i)),
        h("td", {}, number(store.e.fatalities[i])), h("td", {}, store.e.confidence[i] + "%"))))),
    store.shown.length > PRINTED && h("p", {}, t("first_n_of_m", { n: number(PRINTED), m: number(store.shown.length) })));
}
