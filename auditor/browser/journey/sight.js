// Everything that the journey's ranking needs of a page, in one pass; elements stay in journeyElements by index.

// An element keeps its index as long as its document lives; journeyBase sets documents apart.
var journeyElements = [], journeyIndices = new WeakMap(), journeyBase = 0;

function journeyIndex(el) {
  let index = journeyIndices.get(el);
  if (index === undefined) {
    index = journeyBase + journeyElements.length;
    journeyElements.push(el);
    journeyIndices.set(el, index);
  }
  return index;
}

const JOURNEY_KEEP = /^(id|class|name|value|href|formaction|onclick|title|aria-.*|data-.*|hx-.*|wire:.*|x-on.*|@.*|rel|itemprop)$/;

function journeyPressable(node) {
  const { el, style } = node;
  const name = el.localName, role = (el.getAttribute("role") || "").split(" ")[0];
  if (/^(button|summary)$/.test(name) || /^(button|link|menuitem|tab|option|switch)$/.test(role)) return true;
  if (name === "a") return el.hasAttribute("href") || (style && style.cursor === "pointer");
  if (name === "input") return /^(submit|button|image|reset)$/.test(el.type);
  if (!style || style.cursor !== "pointer" || /^(input|select|textarea|label|option|html|body|svg|path|iframe)$/.test(name)) return false;
  // What surrounds a field is no button.
  if (el.querySelector("input:not([type=hidden]), select, textarea, [role=radio], [role=checkbox], [role=combobox]")) return false;
  // Of nested elements with a pointer the outermost counts: the pointer is inherited.
  const above = node.parent && node.parent.style;
  return !(above && above.cursor === "pointer");
}

function journeyColor(text) {
  const found = /rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)/.exec(text || "");
  return found && (found[4] === undefined || parseFloat(found[4]) > 0.3) ? [+found[1], +found[2], +found[3]] : null;
}

function journeyContrast(node) {
  let own = null, at = node;
  for (let depth = 0; at && depth < 3 && !own; depth++, at = at === node ? null : at.parent) own = at.style && journeyColor(at.style.backgroundColor);
  if (!own) return 0;
  let behind = [255, 255, 255];
  for (let above = node.parent; above; above = above.parent) {
    const color = above.style && journeyColor(above.style.backgroundColor);
    if (color) { behind = color; break; }
  }
  return Math.min(1, Math.hypot(own[0] - behind[0], own[1] - behind[1], own[2] - behind[2]) / 300);
}

function journeyGap(box, other) {
  if (!box || !other) return null;
  const dx = Math.max(0, Math.max(box.x, other.x) - Math.min(box.x + box.width, other.x + other.width));
  const dy = Math.max(0, Math.max(box.y, other.y) - Math.min(box.y + box.height, other.y + other.height));
  return Math.round(Math.hypot(dx, dy));
}

function journeyLayers(walk) {
  const found = [], width = innerWidth, height = innerHeight;
  for (const node of walk.nodes) {
    if (found.length >= 12) break;
    const { el, style } = node;
    if (node.hidden || !style) continue;
    const role = el.getAttribute("role"), modal = el.getAttribute("aria-modal") === "true" || (el.localName === "dialog" && el.open);
    const dialog = modal || role === "dialog" || role === "alertdialog";
    const lifted = style.position === "fixed" || (style.position === "absolute" && parseInt(style.zIndex) > 99);
    if (!dialog && !lifted) continue;
    if (found.some((other) => other.el.contains(el)) || !walk.visible(node)) continue;
    const r = el.getBoundingClientRect();
    const seen = overlap({ left: r.left, top: r.top, right: r.right, bottom: r.bottom }, { left: 0, top: 0, right: width, bottom: height });
    if (!hasArea(seen)) continue;
    const covers = ((seen.right - seen.left) * (seen.bottom - seen.top)) / (width * height);
    if (covers < 0.02) continue;
    const text = cut(squeeze(el.innerText || textOf(el, 2000)), 2000);
    if (!text && !el.querySelector("button, a, input")) { if (covers < 0.5) continue; }
    found.push({ el, modal, covers: Math.round(covers * 1000) / 1000, text, selector: walk.selector(el) });
  }
  return found;
}

// The same with what lies in shadow roots, which contains() does not see.
function journeyWithin(outer, el) {
  for (let at = el; at; at = at.getRootNode().host || null) if (outer.contains(at)) return true;
  return false;
}

function journeySums(prices, walk) {
  return prices.filter((price) => price.visible && price.box).slice(0, 80).map((price) => {
    let el = price.el, label = "";
    for (let up = 0; el && up < 4 && !label; up++) {
      const before = el.previousElementSibling;
      const said = before && before.localName === "dt" ? textOf(before, 100) : textOf(el.parentElement || el, 160).split(price.text).join(" ");
      if (/\p{L}{2,}/u.test(said.replace(MONEY_ALL, " ")) && said.length <= 120) label = squeeze(said.replace(MONEY_ALL, " "));
      el = el.parentElement;
    }
    return { label: cut(label, 100), text: price.text, box: price.box, struck: price.struck, font_px: price.font_px };
  });
}

function journeyField(node, walk, formOf, layerOf) {
  const { el } = node;
  const attribute = (name) => cut(el.getAttribute(name) || "", 200);
  const opens = journeyOpens(el), made = (opens && el.localName !== "input") || journeyTick(el) ? journeyMade(el) : null;
  const type = el.localName === "input" ? el.type : el.localName === "select" ? "select" : "textarea";
  const tick = type === "radio" || type === "checkbox";
  const labels = [...(el.labels || [])].map((label) => walk.byElement.get(label)).filter(Boolean);
  const described = (el.getAttribute("aria-errormessage") || el.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean)
    .map((id) => el.getRootNode().getElementById && el.getRootNode().getElementById(id)).filter(Boolean).map((one) => textOf(one, 200)).join(" ");
  const holder = el.closest(".error, .has-error, .is-invalid, .field-error, .form-error, [class*='error' i]");
  const nearby = holder && holder.querySelectorAll("input, select, textarea").length <= 3 ? textOf(holder, 200) : "";
  const invalid = el.getAttribute("aria-invalid") === "true" || Boolean(nearby);
  const group = el.closest("fieldset, [role=radiogroup], [role=group]");
  const named = group && (group.hasAttribute("aria-label") || group.hasAttribute("aria-labelledby"));
  const legend = group ? textOf(group.querySelector("legend") || document.createElement("i"), 100) || (named ? nameOf(group, 100) : "") : "";
  const number = type === "number" || (el.localName === "input" && /qty|quantity|ilosc|menge|anzahl/i.test(`${el.name} ${el.id}`));
  const radio = type === "radio" || (made && made.type === "radio");
  return {
    selector: walk.selector(el), tag: el.localName, type, name: attribute("name"), id: attribute("id"),
    autocomplete: attribute("autocomplete"), inputmode: attribute("inputmode"), pattern: attribute("pattern"),
    maxlength: el.maxLength > 0 ? el.maxLength : null, label: labelOf(el), placeholder: attribute("placeholder"), legend: cut(legend || (radio ? journeyLegend(el) : ""), 100),
    value: tick ? cut(el.value, 100) : number ? cut(el.value, 12) : "",
    least: number && /^\d{1,6}$/.test(el.min) ? +el.min : null,
    required: Boolean(el.required) || el.getAttribute("aria-required") === "true",
    disabled: Boolean(el.disabled) || el.getAttribute("aria-disabled") === "true" || (Boolean(el.readOnly) && !opens),
    filled: tick ? el.checked : Boolean(el.value),
    shown: walk.visible(node) || labels.some((label) => walk.visible(label)) || (tick && node.parent && walk.visible(node.parent) && !node.hidden),
    invalid, error: cut(invalid ? described || nearby : "", 200),
    options: el.localName === "select" ? [...el.options].slice(0, 400).map((one) => ({ value: cut(one.value, 120), text: cut(squeeze(one.text), 120), disabled: one.disabled, selected: one.selected })) : [],
    form: formOf(el), region: regionAt(node, walk), box: walk.box(node), layer: layerOf(el), framed: Boolean(node.frame),
    opens, ...made,
  };
}

function journeySight() {
  const walk = new Walk({ elements: 30000, walk_ms: 4000 });
  for (const node of walk.nodes) if (!node.hidden) node.text = journeyOwnText(node.el);
  const layers = journeyLayers(walk);
  const layerOf = (el) => { const at = layers.findIndex((layer) => journeyWithin(layer.el, el)); return at < 0 ? null : at; };
  const prices = collectPrices(walk, { prices: 200 });
  const bySelector = new Map(walk.nodes.map((node) => [walk.selectors.get(node.el), node.el]));
  for (const price of prices) price.el = bySelector.get(price.selector) || document.body;
  const forms = [], indexOf = new Map();
  for (const node of walk.nodes) {
    if (node.el.localName !== "form" || forms.length >= 80) continue;
    indexOf.set(node.el, forms.length);
    const action = node.el.getAttribute("action");
    let where = location.href;
    try { if (action) where = new URL(action, document.baseURI).href; } catch { /* no address */ }
    forms.push({ action: cut(where, 2000), method: (node.el.getAttribute("method") || "get").toLowerCase(), names: cut([node.el.id, node.el.getAttribute("name"), node.el.getAttribute("class")].filter((one) => typeof one === "string").join(" "), 300), hidden: [...node.el.querySelectorAll("input[type=hidden][name]")].slice(0, 60).map((one) => cut(one.getAttribute("name"), 100)), region: regionAt(node, walk) });
  }
  const formOf = (el) => { const form = el.form || el.closest("form"); return form && indexOf.has(form) ? indexOf.get(form) : null; };
  const heading = walk.nodes.find((node) => node.el.localName === "h1" && walk.visible(node));
  const headingBox = heading ? walk.box(heading) : null;
  const shapes = new Map();
  const controls = [], fields = [];
  for (const node of walk.nodes) {
    const { el } = node;
    const native = /^(input|select|textarea)$/.test(el.localName) && !/^(submit|button|image|reset|hidden)$/.test(el.type);
    const opens = !native && journeyOpens(el);
    if ((native && !journeyTwin(el)) || (!node.hidden && (opens || journeyTick(el)))) {
      if (fields.length < 300) { fields.push({ index: journeyIndex(el), ...journeyField(node, walk, formOf, layerOf) }); }
    }
    if (native || opens) continue;
    if (controls.length >= 1500 || node.hidden || !journeyPressable(node)) continue;
    const visible = walk.visible(node);
    if (!visible && !/^(button|a)$/.test(el.localName)) continue;
    const attributes = {};
    for (const { name, value } of [...el.attributes].slice(0, 60))
      if (JOURNEY_KEEP.test(name) && Object.keys(attributes).length < 25) attributes[cut(name, 60)] = cut(value, 200);
    let target = "";
    const href = el.localName === "a" ? el.getAttribute("href") : el.getAttribute("formaction");
    try { if (href && !/^(javascript:|#)/i.test(href)) target = cut(new URL(href, document.baseURI).href, 2000); } catch { /* no address */ }
    const box = walk.box(node);
    const shape = walk.signature(el) + "|" + (box ? Math.round(box.width / 8) + "x" + Math.round(box.height / 4) : "") + "|" + regionAt(node, walk);
    shapes.set(shape, (shapes.get(shape) || 0) + 1);
    let nearest = null;
    if (visible && box) for (const price of prices) if (price.visible) { const gap = journeyGap(box, price.box); if (gap !== null && (nearest === null || gap < nearest)) nearest = gap; }
    controls.push({ index: journeyIndex(el), selector: walk.selector(el), tag: el.localName, role: (el.getAttribute("role") || "").split(" ")[0], type: (el.getAttribute("type") || "").toLowerCase(), name: nameOf(el), attributes, target, form: formOf(el), region: regionAt(node, walk), box, visible, disabled: Boolean(el.disabled) || el.getAttribute("aria-disabled") === "true", shape, contrast: Math.round(journeyContrast(node) * 100) / 100, price_px: nearest, heading_px: journeyGap(box, headingBox), layer: layerOf(el), framed: Boolean(node.frame) });
  }
  for (const control of controls) { control.alike = shapes.get(control.shape); delete control.shape; }
  const visibleText = (selector, most) => walk.nodes.filter((node) => !node.hidden && node.el.matches(selector) && walk.visible(node)).slice(0, most).map((node) => textOf(node.el, 150)).filter(Boolean);
  const live = walk.nodes.filter((node) => !node.hidden && node.el.matches("[role=alert], [role=status], [aria-live=polite], [aria-live=assertive]") && walk.visible(node)).slice(0, 12).map((node) => textOf(node.el, 400));
  const shadowText = walk.nodes.filter((node) => node.el.shadowRoot && !node.hidden).slice(0, 200).map((node) => journeyShadowText(node.el.shadowRoot)).join("\n");
  const framedText = walk.nodes.filter((node) => node.el.localName === "body" && node.frame).slice(0, 8).map((node) => node.el.innerText || "").join("\n");
  const stepper = journeyStepper(walk);
  const busy = walk.nodes.some((node) => !node.hidden && (node.el.getAttribute("aria-busy") === "true" || /(^|[\s_-])(spinner|loading-mask|loader|blockui|is-loading|processing)([\s_-]|$)/i.test(typeof node.el.className === "string" ? node.el.className : "")) && walk.visible(node));
  return {
    url: cut(location.href, 2000), title: cut(document.title, 300), language: cut(document.documentElement.lang, 35) || null,
    h1: visibleText("h1", 5), headings: visibleText("h1, h2, h3, legend, [role=heading]", 40),
    text: cut(((document.body && document.body.innerText) || "") + "\n" + cut(shadowText, 8000) + "\n" + cut(framedText, 8000), 20000),
    outside_text: cut([...layers.map((layer) => layer.text), ...live].join("\n"), 6000),
    product_names: journeyProductNames(), controls, fields, forms, sums: journeySums(prices, walk),
    layers: layers.map(({ selector, text, covers, modal }) => ({ selector, text: cut(text, 500), covers, modal })),
    frames: walk.nodes.filter((node) => node.el.localName === "iframe" && walk.visible(node) && node.el.src).slice(0, 20).map((node) => cut(node.el.src, 500)),
    steps: stepper.steps, current_step: stepper.current, busy,
    height: document.documentElement.scrollHeight, viewport_height: innerHeight,
  };
}

function journeyOwnText(el) {
  let text = "";
  for (const child of el.childNodes) if (child.nodeType === 3) text += child.data;
  return squeeze(text);
}

function journeyShadowText(root) {
  return [...root.children].filter((child) => !/^(style|script|template|link)$/.test(child.localName)).map((child) => child.innerText || "").join("\n");
}

function journeyStepper(walk) {
  const all = (selector) => walk.nodes.filter((node) => !node.hidden && node.el.matches(selector)).map((node) => node.el);
  const visible = (el) => { const node = walk.byElement.get(el); return Boolean(node) && walk.visible(node); };
  return stepsShown(all, visible, textOf);
}

function journeyProductNames() {
  const found = [];
  const og = document.querySelector('meta[property="og:type"][content*="product" i]') && document.querySelector('meta[property="og:title"]');
  if (og) found.push(og.getAttribute("content") || "");
  const visit = (item, depth) => {
    if (!item || typeof item !== "object" || depth > 5 || found.length > 4) return;
    if (Array.isArray(item)) return item.slice(0, 30).forEach((one) => visit(one, depth + 1));
    const types = [].concat(item["@type"] || []);
    if (types.some((type) => /^(Product|ProductGroup)$/.test(type)) && typeof item.name === "string") { found.push(item.name); return; }
    visit(item["@graph"], depth + 1);
    visit(item.mainEntity, depth + 1);
  };
  for (const script of [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, 20)) {
    try { visit(JSON.parse(script.textContent), 0); } catch { /* not JSON */ }
  }
  return found.map((name) => cut(squeeze(name), 200)).filter(Boolean);
}

// Marks an element so that the browser driver can take hold of it; the mark is taken off again at once.
function journeyMark(index, mark) {
  const el = journeyElements[index - journeyBase];
  if (!el || !el.isConnected) return false;
  el.setAttribute(mark, "");
  return true;
}

function journeyUnmark(index, mark) {
  const el = journeyElements[index - journeyBase];
  if (el) el.removeAttribute(mark);
}

// The indices of what a selector of the settings finds, in the document and in open shadow roots.
function journeyMatching(selector) {
  const found = [];
  const search = (root) => {
    for (const el of root.querySelectorAll(selector)) found.push(journeyIndex(el));
    for (const el of root.querySelectorAll("*")) if (el.shadowRoot) search(el.shadowRoot);
  };
  try { search(document); } catch { return []; }
  return found.slice(0, 50);
}
