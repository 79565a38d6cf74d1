// Breadcrumbs, each with who thinks so: aria, microdata, class, position.

const SEPARATOR = /^[\s›»>/\\|→·•‹«<←⟩▸▶❯-]+$/;

function trailItems(el) {
  const items = [], taken = new Set();
  const cells = el.querySelectorAll("li, [itemprop=itemListElement], a, span, [aria-current]");
  for (const cell of [...cells].slice(0, 80)) {
    if (items.length >= 12) break;
    const link = cell.localName === "a" ? cell : cell.querySelector("a[href]");
    if (cell.localName !== "a" && link && link !== cell && cell.querySelectorAll("a[href]").length > 1) continue;
    const key = link || cell;
    if ([...taken].some((one) => one === key || one.contains(key) || key.contains(one))) continue;
    const text = textOf(key, 200);
    if (!text || SEPARATOR.test(text)) continue;
    taken.add(key);
    items.push({ text, url: link && link.hasAttribute("href") ? cut(link.href, 2000) : null });
  }
  return items;
}

function atTop(walk) {
  const h1 = document.querySelector("h1");
  const node = h1 && walk.byElement.get(h1);
  return node && walk.visible(node) ? Math.max(walk.rect(node).bottom, 200) : 700;
}

function looksLikeTrail(node, walk, limit) {
  const { el } = node;
  if (!/^(ul|ol|div|p|nav|span|section)$/.test(el.localName) || el.childElementCount < 2 || el.childElementCount > 16) return false;
  if (node.region === "header" || node.region === "footer" || node.region === "aside" || node.region === "dialog") return false;
  const links = el.querySelectorAll("a[href]");
  if (links.length < 1 || links.length > 8 || el.querySelector("img, button, input, h1, h2")) return false;
  const r = walk.rect(node);
  if (r.top > limit || r.bottom - r.top > 90 || el.textContent.length > 300) return false;
  const separators = [...el.childNodes].filter((one) => one.textContent.trim() && SEPARATOR.test(one.textContent)).length
    + [...el.children].filter((one) => [...one.childNodes].some((inner) => inner.textContent.trim() && SEPARATOR.test(inner.textContent))).length;
  const drawn = [...el.children].slice(1, 4).some((one) => ["::before", "::after"].some((pseudo) => {
    const content = getComputedStyle(one, pseudo).content;
    return content.startsWith('"') && SEPARATOR.test(content.slice(1, -1));
  }));
  const root = new URL(links[0].href, location.href);
  const home = root.origin === location.origin && root.pathname.split("/").filter(Boolean).length <= 1;
  return (separators > 0 || drawn) && (home || links.length > 1);
}

function collectTrails(walk, limits) {
  const found = [], limit = atTop(walk);
  const inside = (el) => found.find((one) => one.el.contains(el) || el.contains(one.el));
  const add = (el, detector) => {
    const known = inside(el);
    if (known) { if (!known.detectors.includes(detector)) known.detectors.push(detector); return; }
    if (found.length < limits.trails) found.push({ el, detectors: [detector] });
  };
  for (const { el } of walk.nodes) {
    const label = el.getAttribute("aria-label") || "";
    if (/breadcrumb|okruszk|مسیر|brotkrumen|fil d.ariane|kruimel|ruta de navega|briciole/i.test(label) || el.getAttribute("role") === "doc-breadcrumb") add(el, "aria");
    if (/BreadcrumbList/.test(el.getAttribute("itemtype") || "") || /BreadcrumbList/.test(el.getAttribute("typeof") || "")) add(el, "microdata");
    const words = (el.id || "") + " " + (typeof el.className === "string" ? el.className : "");
    if (words.length < 300 && /(^|[\s_-])(breadcrumbs?|crumbs?)([\s_-]|$)/i.test(words) && el.querySelector("a, li, span")) add(el, "class");
  }
  for (const node of walk.nodes) if (!node.hidden && looksLikeTrail(node, walk, limit)) add(node.el, "position");
  return found.map(({ el, detectors }) => {
    const node = walk.byElement.get(el);
    return { selector: walk.selector(el), detectors, items: trailItems(el), visible: walk.visible(node), box: walk.box(node) };
  }).filter((one) => one.items.length > 0);
}
