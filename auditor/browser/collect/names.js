// Accessible names, near enough to the standard for what checks ask.

function textOf(el, length) {
  const parts = [];
  let left = length;
  const walker = el.ownerDocument.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  while (left > 0 && walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent && /^(script|style|template|noscript)$/.test(parent.localName)) continue;
    const text = cut(walker.currentNode.data, left);
    parts.push(text);
    left -= text.trim().length;
  }
  return cut(squeeze(parts.join(" ")), length);
}

function nameOf(el, length = 200) {
  const root = el.getRootNode();
  const by = el.getAttribute("aria-labelledby");
  if (by) {
    const named = squeeze(by.split(/\s+/).slice(0, 5).map((id) => (root.getElementById && root.getElementById(id) ? textOf(root.getElementById(id), length) : "")).join(" "));
    if (named) return cut(named, length);
  }
  const label = squeeze(el.getAttribute("aria-label"));
  if (label) return cut(label, length);
  if (el.localName === "img" || (el.localName === "input" && el.type === "image")) return cut(squeeze(el.getAttribute("alt") || el.title), length);
  if (el.localName === "input" && /^(submit|button|reset)$/.test(el.type)) return cut(squeeze(el.value || el.title), length);
  const parts = [textOf(el, length)];
  let images = 0;
  for (const inner of el.querySelectorAll("img[alt], svg title, [aria-label]")) {
    if (++images > 5) break;
    if (inner.localName !== "title") parts.push(inner.getAttribute("aria-label") || inner.getAttribute("alt") || "");
  }
  return cut(squeeze(parts.join(" ")) || squeeze(el.getAttribute("title")), length);
}

function labelOf(field) {
  const aria = field.getAttribute("aria-labelledby") || field.getAttribute("aria-label");
  if (aria) return nameOf(field);
  const labels = field.labels ? [...field.labels].slice(0, 3) : [];
  return cut(squeeze(labels.map((label) => textOf(label, 200)).join(" ")) || squeeze(field.title), 200);
}
