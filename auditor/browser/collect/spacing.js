// The page under the text spacing of WCAG 1.4.12, and the texts that do not survive it.

const SPACED = "button, a, label, legend, h1, h2, h3, h4, input, select, p, li, span, strong, td, th, dt, dd, div";
const TO_PRESS = "button, [role=button], a[class*=btn], a[class*=button], input[type=submit], label, legend, h1, h2, h3";

function textRect(el) {
  const range = document.createRange();
  let sum = null;
  for (let child = el.firstChild; child; child = child.nextSibling) {
    if (child.nodeType !== 3 || !child.data.trim()) continue;
    range.selectNodeContents(child);
    const r = range.getBoundingClientRect();
    if (r.width && r.height) sum = sum ? { left: Math.min(sum.left, r.left), top: Math.min(sum.top, r.top), right: Math.max(sum.right, r.right), bottom: Math.max(sum.bottom, r.bottom) } : { left: r.left, top: r.top, right: r.right, bottom: r.bottom };
  }
  return sum;
}

// The box that cuts a text off, unless the page says by an ellipsis that it means to.
function clipOf(el) {
  for (let at = el, up = 0; at && at !== document.body && up < 5; at = at.parentElement, up++) {
    const style = getComputedStyle(at);
    if (style.position === "fixed") return null;
    const byDesign = style.textOverflow === "ellipsis" || (style.webkitLineClamp && style.webkitLineClamp !== "none");
    const cutsX = /hidden|clip/.test(style.overflowX), cutsY = /hidden|clip/.test(style.overflowY);
    if (byDesign || /auto|scroll/.test(style.overflowX + style.overflowY)) return null;
    if (cutsX || cutsY) return { el: at, cutsX, cutsY };
  }
  return null;
}

function lossOf(text, clip) {
  if (!clip) return 0;
  const r = clip.el.getBoundingClientRect();
  const across = clip.cutsX ? Math.max(r.left - text.left, text.right - r.right, 0) : 0;
  const down = clip.cutsY ? Math.max(r.top - text.top, text.bottom - r.bottom, 0) : 0;
  return Math.max(across, down);
}

// What is left of a text's rectangle once its box cut it off: the rest overlaps nothing.
function shownRect(one) {
  if (!one.rect || !one.clip) return one.rect;
  const r = one.clip.el.getBoundingClientRect();
  return overlap(one.rect, { left: one.clip.cutsX ? r.left : -1e9, right: one.clip.cutsX ? r.right : 1e9, top: one.clip.cutsY ? r.top : -1e9, bottom: one.clip.cutsY ? r.bottom : 1e9 });
}

function overlapsOf(texts, max) {
  const found = new Map();
  const sorted = texts.map((one) => ({ ...one, at: shownRect(one) })).filter((one) => one.at && hasArea(one.at)).sort((a, b) => a.at.top - b.at.top);
  for (let i = 0; i < sorted.length; i++)
    for (let j = i + 1; j < sorted.length && j < i + max && sorted[j].at.top < sorted[i].at.bottom; j++) {
      const a = sorted[i], b = sorted[j];
      if (a.el.contains(b.el) || b.el.contains(a.el)) continue;
      const shared = overlap(a.at, b.at);
      const width = shared.right - shared.left, height = shared.bottom - shared.top;
      const lower = Math.min(a.at.bottom - a.at.top, b.at.bottom - b.at.top);
      if (width > 4 && height > Math.max(4, 0.25 * lower)) found.set(a.number + " " + b.number, { a, b, lost: height });
    }
  return found;
}

function probeSpacing(limit) {
  const walk = globalThis.auditorWalk;
  const sample = cut(document.body.innerText, 20000);
  const joined = (sample.match(/[\u0590-\u07ff\u0900-\u0dff]/g) || []).length, latin = (sample.match(/[A-Za-z\u00c0-\u024f\u0400-\u04ff]/g) || []).length;
  const letters = joined < latin;
  const cards = new Map(), texts = [];
  for (const node of walk.nodes) {
    const { el } = node;
    if (texts.length >= limit) break;
    if (node.hidden || node.frame || node.position === "fixed" || !node.text || !el.matches(SPACED) || !walk.visible(node)) continue;
    // Running text is asked for its box only: what is beside it may move.
    const apart = Boolean(el.closest(TO_PRESS) || el.closest("form") || cardOf(el, walk, cards));
    const clip = clipOf(el);
    if (!apart && (!clip || !/^(main|other)$/.test(regionAt(node, walk)))) continue;
    texts.push({ el, node, number: texts.length, clip, rect: textRect(el), apart });
  }
  for (const one of texts) one.loss = one.rect ? lossOf(one.rect, one.clip) : 0;
  const pressed = texts.filter((one) => one.apart);
  const known = overlapsOf(pressed, 60);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; word-spacing: .16em !important; ${letters ? "letter-spacing: .12em !important;" : ""} } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const found = [];
  const facts = (one, kind, by, lost) => ({ selector: walk.selector(one.el), text: cut(one.node.text, 120), kind, by: walk.selector(by), lost_px: Math.round(lost * 10) / 10, box: walk.box(one.node) });
  try {
    for (const one of texts) {
      one.rect = textRect(one.el);
      const lost = one.rect ? lossOf(one.rect, one.clip) : 0;
      // Line boxes are higher than letters: what is cut has to be more than their air. What was cut before is meant to be.
      const air = 0.3 * parseFloat(one.node.style.fontSize);
      if (one.loss <= air && lost > one.loss + 1 && lost > air) found.push(facts(one, "clipped", one.clip.el, lost));
    }
    for (const [pair, { a, b, lost }] of overlapsOf(pressed, 60)) if (!known.has(pair)) found.push(facts(a, "overlaps", b.el, lost));
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  }
  return { letters, texts: texts.length, items: found.slice(0, 40) };
}
