// Marks on the map: rings of towns, squares of provinces, labels of countries.
// The width of a text, measured once: measuring and outlining words is what a map spends most of its time on.
const widths = new Map();
function wide(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
  return widths.get(key);
}

// A country's label, whose spot is only the country's middle, steps aside for other marks, or shrinks to its code.
function placeLabels(ctx, marks, family) {
  const box = (mark) => { const r = radiusOf(mark.rows.length); return [...screen(mark.at), r, r]; };
  const others = marks.filter((mark) => mark.level !== COUNTRY).map(box);
  const steps = [0, 20, -20, 34, -34, 50, -50];
  for (const mark of marks) {
    mark.dy = 0;
    if (mark.level !== COUNTRY) continue;
    const [x, y] = screen(mark.at), { place } = mark.spots[0];
    for (const name of [countryName(place.country), map.shapes[place.outline].iso2]) {
      mark.label = name + "  " + number(mark.rows.length);
      mark.whole = name === countryName(place.country);
      mark.half = wide(ctx, "700 11px " + family, mark.label) / 2 + 8;
      const free = (dy) => !others.some(([ox, oy, w, tall]) => Math.abs(ox - x) < mark.half + w && Math.abs(oy - y - dy) < 10 + tall);
      const dy = steps.find(free);
      mark.dy = dy ?? 0;
      if (dy !== undefined) break;
    }
    others.push([x, y + mark.dy, mark.half, 10]);
  }
}

function drawMark(ctx, mark, ink, family) {
  const [x, y] = screen(mark.at), n = mark.rows.length, r = radiusOf(n);
  if (x < -60 || y < -60 || x > map.w + 60 || y > map.h + 60) return;
  const parts = TYPES.map((_, type) => [type, mark.types[type]]).filter((p) => p[1]);
  const focus = map.marks[map.focus] === mark || mark.rows.includes(table.selected);
  ctx.save();
  ctx.translate(x, y + mark.dy);
  ctx.font = `700 ${n > 999 ? 10 : 11}px ` + family;
  ctx.setLineDash([]);
  if (mark.level <= NEAR) {
    let angle = -Math.PI / 2;
    for (const [type, count] of parts) {
      const turn = (count / n) * Math.PI * 2;
      ctx.beginPath(); ctx.moveTo(0, 0); ctx.arc(0, 0, r, angle, angle + turn); ctx.closePath();
      ctx.fillStyle = ink("--t" + type); ctx.fill();
      angle += turn;
    }
    ctx.beginPath(); ctx.arc(0, 0, r, 0, 7); ctx.strokeStyle = ink("--card"); ctx.lineWidth = 1.5; ctx.stroke();
    if (n > 1) { ctx.beginPath(); ctx.arc(0, 0, Math.max(7, r - 4), 0, 7); ctx.fillStyle = ink("--card"); ctx.fill(); }
    if (mark.level === NEAR) ring(ctx, r + 4, ink("--t" + parts[0][0]), [3, 3]);
  } else {
    const name = mark.level === COUNTRY ? mark.label : "";
    const half = name ? mark.half : Math.max(9, r), tall = name ? 10 : Math.max(9, r);
    ctx.beginPath(); ctx.roundRect(-half, -tall, half * 2, tall * 2, name ? 10 : 5);
    ctx.fillStyle = ink("--card"); ctx.globalAlpha = 0.86; ctx.fill(); ctx.globalAlpha = 1;
    ctx.save(); ctx.clip();
    let from = -half;
    for (const [type, count] of parts) {
      const wide = (count / n) * half * 2;
      ctx.fillStyle = ink("--t" + type); ctx.globalAlpha = name ? 1 : 0.3;
      name ? ctx.fillRect(from, tall - 4, wide, 4) : ctx.fillRect(from, -tall, wide, tall * 2);
      from += wide;
    }
    ctx.restore();
    ctx.setLineDash([4, 3]); ctx.lineWidth = 1.5; ctx.strokeStyle = name ? ink("--soft") : ink("--t" + parts[0][0]); ctx.stroke();
    if (name) { ctx.fillStyle = ink("--text"); ctx.fillText(name, 0, -1); }
  }
  if (n > 1 && mark.level !== COUNTRY) { ctx.fillStyle = ink("--text"); ctx.fillText(number(n), 0, 0.5); }
  if (focus) ring(ctx, r + 5, ink("--accent"), []);
  ctx.restore();
}

function ring(ctx, r, style, dash) {
  ctx.beginPath(); ctx.setLineDash(dash); ctx.arc(0, 0, r, 0, 7);
  ctx.strokeStyle = style; ctx.lineWidth = dash.length ? 1.6 : 2.5; ctx.stroke();
  ctx.setLineDash([]);
}
