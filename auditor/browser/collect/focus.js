// Where the Tab key stops, and whether a shopper sees it there. Focus is set by script after a real key press.

const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
const FOCUS_STYLE = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "backgroundImage", "color", "borderTopColor", "borderTopWidth", "borderBottomColor", "borderBottomWidth", "textDecorationLine", "transform", "opacity", "filter", "fontWeight", "left", "top"];
const CARET = /^(text|search|email|tel|url|password|number|date|time|month|week|datetime-local|)$/;

function lookOf(elements) {
  const parts = [];
  for (const el of elements)
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(el, pseudo);
      if (pseudo && style.content === "none") continue;
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0) parts.push("no outline");
      for (const name of FOCUS_STYLE) if (!name.startsWith("outline") || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)) parts.push(style[name]);
    }
  return parts.join("|");
}

// What a page may change to show the focus: the control, what holds it, its label and the painted box beside it.
function around(el) {
  return [el, el.parentElement, el.parentElement && el.parentElement.parentElement, el.nextElementSibling, ...(el.labels || []), el.firstElementChild].filter((one) => one && one !== document.body && one !== document.documentElement).slice(0, 7);
}

function coveredBy(el) {
  const r = el.getBoundingClientRect();
  const xs = [r.left + 2, (r.left + r.right) / 2, r.right - 2], ys = [r.top + 2, (r.top + r.bottom) / 2, r.bottom - 2];
  let cover = null;
  for (const x of xs)
    for (const y of ys) {
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      const root = el.getRootNode();
      const hit = (root.elementFromPoint ? root : document).elementFromPoint(x, y);
      if (!hit || el === hit || el.contains(hit) || hit.contains(el)) return null;
      let layer = hit;
      while (layer && !/^(fixed|sticky)$/.test(getComputedStyle(layer).position)) layer = layer.parentElement;
      if (!layer || layer.contains(el)) return null;
      cover = layer;
    }
  return cover;
}

function withoutTransitions() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, *::before, *::after { transition: none !important; animation-play-state: paused !important; scroll-behavior: auto !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet); };
}

function probeFocus(limit, ms) {
  const walk = globalThis.auditorWalk;
  const deadline = performance.now() + ms;
  const undo = withoutTransitions();
  const before = document.activeElement, found = [];
  let total = 0;
  globalThis.auditorStops = [];
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  for (const node of walk.nodes) {
    const { el } = node;
    if (node.hidden || node.frame || !el.matches(FOCUSABLE) || el.tabIndex < 0 || el.disabled || !walk.visible(node)) continue;
    total++;
    if (found.length >= limit || performance.now() > deadline) continue;
    if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
    const near = around(el), still = lookOf(near);
    el.focus();
    if (el.getRootNode().activeElement !== el) continue;
    const cover = coveredBy(el);
    const caret = el.localName === "textarea" || (el.localName === "input" && CARET.test(el.type)) || el.isContentEditable;
    globalThis.auditorStops.push(el);
    found.push({
      selector: walk.selector(el),
      name: /^(input|select|textarea)$/.test(el.localName) ? labelOf(el) : nameOf(el),
      box: walk.box(node),
      region: regionAt(node, walk),
      shown: lookOf(near) !== still ? "style" : caret ? "caret" : "",
      hidden_by: cover ? walk.selector(cover) : null,
    });
  }
  if (document.activeElement) document.activeElement.blur();
  undo();
  if (before && before.focus && before !== document.body) before.focus();
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  return { items: found, total };
}

// Brings one stop into view, with or without the focus, for a picture of it.
function showStop(index, focused) {
  const el = globalThis.auditorStops[index];
  if (focused) el.focus({ preventScroll: true });
  else {
    if (document.activeElement) document.activeElement.blur();
    el.scrollIntoView({ block: "center", behavior: "instant" });
  }
  const r = el.getBoundingClientRect();
  return { x: r.left - 6, y: r.top - 6, width: r.width + 12, height: r.height + 12 };
}
