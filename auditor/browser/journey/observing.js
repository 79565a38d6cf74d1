// What a journey notes beside its way: presses and what they change, the cart's lines, labels, errors, payment marks.

var observedPress = null;

function observeShown(el) {
  if (!el || !el.isConnected || !el.checkVisibility || !el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return null;
  const r = el.getBoundingClientRect();
  return r.width >= 2 && r.height >= 2 ? r : null;
}

function observeInView(r) {
  return r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth;
}

function observeWhere(el, pressed) {
  if (pressed.contains(el)) return "control";
  if (el.closest("[role=dialog], [role=alertdialog], [aria-modal=true], dialog[open]")) return "dialog";
  if (el.closest("[role=alert], [role=status], [aria-live=polite], [aria-live=assertive]")) return "live";
  for (let up = el, depth = 0; up && depth < 12; up = up.parentElement, depth++) if (/^(fixed|sticky)$/.test(getComputedStyle(up).position)) return up.closest("header, [role=banner]") || up.querySelector("nav") ? "header" : "layer";
  return el.closest("header, [role=banner], nav") ? "header" : "page";
}

// Watches from the press on. The moment of the press is reported at once: the page may be gone when it is asked for.
function observePress(index) {
  const el = journeyElements[index - journeyBase];
  if (!el || !el.isConnected) return null;
  if (observedPress) observedPress.stop();
  const state = { el, at: null, seen: new Map(), queue: [] };
  const note = (target, ms) => {
    const node = target && (target.nodeType === 1 ? target : target.parentElement);
    if (!node || state.seen.size > 80 || /^(html|body|head|script|style|link|meta)$/.test(node.localName)) return;
    if (!state.seen.has(node)) state.seen.set(node, { ms, shown: Boolean(observeShown(node)), text: cut(squeeze(node.innerText || ""), 120) });
  };
  // What changed is looked at after the next paint: looking before would delay it.
  state.flush = () => { for (const [target, ms] of state.queue.splice(0, 400)) note(target, ms); };
  const observer = new MutationObserver((records) => {
    if (state.at === null || state.queue.length > 400) return;
    if (!state.queue.length) requestAnimationFrame(() => setTimeout(state.flush, 0));
    const ms = Math.round(performance.now() - state.at);
    for (const record of records.slice(0, 60)) { state.queue.push([record.target, ms]); for (const added of [...record.addedNodes].slice(0, 10)) state.queue.push([added, ms]); }
  });
  const options = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["class", "style", "hidden", "open", "aria-hidden", "aria-expanded", "aria-checked", "aria-pressed", "data-count", "value"] };
  observer.observe(document, options);
  let roots = 0;
  for (const one of document.querySelectorAll("*")) if (one.shadowRoot && roots++ < 50) observer.observe(one.shadowRoot, options);
  const clicked = () => { if (state.at === null) { state.at = performance.now(); if (typeof journeyPressed === "function") journeyPressed(String(performance.timeOrigin + state.at)); } };
  for (const type of ["click", "change"]) addEventListener(type, clicked, true);
  state.stop = () => { observer.disconnect(); for (const type of ["click", "change"]) removeEventListener(type, clicked, true); };
  observedPress = state;
  const worked = "a[href], button, input, select, textarea, summary, label";
  const native = el.matches(worked) || Boolean(el.closest(worked) || el.querySelector(worked));
  const focusable = (el.tabIndex >= 0 && !el.disabled) || el.matches("label") || [el.closest(worked), ...el.querySelectorAll(`${worked}, [tabindex]`)].some((one) => one && one.tabIndex >= 0 && !one.disabled);
  return { tag: el.localName, name: nameOf(el, 80), focusable, native };
}

// What has visibly changed since; null where the press was seen by another document.
function observeChanges() {
  const state = observedPress;
  if (!state || state.at === null) return null;
  state.flush();
  const found = [];
  for (const [el, seen] of state.seen) {
    const r = observeShown(el);
    if (!r && !seen.shown) continue;
    found.push({ ms: seen.ms, where: observeWhere(el, state.el), text: cut(r ? squeeze(el.innerText || "") : seen.text, 120), in_view: r ? observeInView(r) : true });
  }
  found.sort((one, other) => one.ms - other.ms);
  return found.slice(0, 24);
}

function observePaint() {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return { origin: performance.timeOrigin, paint: paint ? paint.startTime : performance.now() };
}

const OBSERVE_LINE = /(^|[\s_-])(item|line|row|product|entry|position)(?!s(?![a-z])|[\s_-]*(?:list|table|grid|container|wrapper))/i;

function observeMoney(el) {
  return MONEY.test(cut(el.innerText || textOf(el, 600), 600));
}

// The lines of a cart: from what names the product up to its row, and the rows beside it that are built alike.
function observeCart(words, quantity, onward) {
  const walk = new Walk({ elements: 30000, walk_ms: 3000 });
  const isQuantity = new RegExp(quantity, "i");
  const main = (node) => !node.hidden && !["header", "nav", "footer"].includes(regionAt(node, walk));
  const says = (el) => { const text = squeeze(el.innerText || "").toLowerCase(); return text.length < 400 && words.filter((word) => text.includes(word)).length >= Math.max(1, 0.75 * words.length); };
  const onwards = [...document.querySelectorAll("a, button, input[type=submit], [role=button]")].slice(0, 400).filter((el) => { const text = squeeze(el.innerText || el.value || "").toLowerCase(); return text.length < 40 && onward.some((word) => text.includes(word)); });
  const leads = (el) => el.querySelector("h1, a[href*='checkout' i]:not([href*='remove' i]), [class*='checkout-button' i]") || onwards.some((one) => el.contains(one));
  const quantities = walk.nodes.filter((node) => main(node) && /^(input|select)$/.test(node.el.localName) && node.el.type !== "hidden" && (node.el.name || node.el.id ? isQuantity.test(node.el.name || node.el.id) : node.el.type === "number") && walk.visible(node)).map((node) => node.el);
  const rowOf = (el) => {
    let best = null;
    for (let up = el; up && up.localName !== "body"; up = up.parentElement) {
      if (leads(up) || quantities.filter((one) => up.contains(one)).length > 1) break;
      if (!observeMoney(up)) continue;
      best = best || up;
      if (up.matches("tr, li, article, [role=row], [role=listitem]")) return up;
      if (OBSERVE_LINE.test(typeof up.className === "string" ? up.className : "") && (up.querySelector("img") || quantities.some((one) => up.contains(one)))) best = up;
    }
    return best;
  };
  const named = walk.nodes.filter((node) => main(node) && walk.visible(node) && node.el.childElementCount <= 4 && node.el.localName !== "h1" && words.length && says(node.el)).map((node) => node.el).filter((el) => !el.closest("h1, [class*='breadcrumb' i], [role=status], [role=alert]"));
  const rows = new Set();
  for (const el of (quantities.length ? quantities : named).slice(0, 60)) {
    const row = rowOf(el);
    if (row) rows.add(row);
  }
  if (!rows.size) for (const el of named.slice(0, 20)) { const row = rowOf(el); if (row) rows.add(row); }
  for (const row of [...rows]) {
    for (const other of row.parentElement ? row.parentElement.children : []) {
      const alike = other.localName === row.localName && other.className === row.className && (/^(tr|li|article)$/.test(row.localName) || Boolean(row.className));
      if (alike && other !== row && observeMoney(other) && other.querySelector("a[href], h2, h3, h4, img")) rows.add(other);
    }
  }
  const outer = [...rows].filter((row) => ![...rows].some((other) => other !== row && other.contains(row)));
  return outer.slice(0, 40).map((row) => observeLine(row, walk, quantities.find((one) => row.contains(one)) || null)).filter((line) => line.amounts.length);
}

function observeLine(row, walk, field) {
  const inside = walk.nodes.filter((node) => row.contains(node.el) && !node.hidden);
  const shown = inside.filter((node) => walk.visible(node));
  const links = shown.filter((node) => node.el.matches("a[href]:not([href^='#']), h2, h3, h4, h5") && /\p{L}{3,}/u.test(textOf(node.el, 200))).map((node) => textOf(node.el, 200));
  const controls = inside.filter((node) => journeyPressable(node)).slice(0, 20).map((node) => ({ name: nameOf(node.el, 80), marks: cut([node.el.className, node.el.id, node.el.getAttribute("name"), node.el.getAttribute("href"), node.el.getAttribute("title"), node.el.getAttribute("formaction"), node.el.getAttribute("data-action")].filter((one) => typeof one === "string").join(" "), 200) }));
  const boxes = inside.filter((node) => node.el.type === "checkbox").map((node) => ({ name: labelOf(node.el), marks: cut(`${node.el.name} ${node.el.id}`, 200) }));
  const amounts = [];
  for (const node of shown) {
    const own = squeeze([...node.el.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data).join(" "));
    const text = HAS_DIGIT.test(own) || node.el.matches("[class*='price' i]") ? textOf(node.el, 400) : "";
    if (node.struck || text.length > 50) continue;
    for (const amount of text.match(MONEY_ALL) || []) if (amounts.length < 8) amounts.push(squeeze(amount));
  }
  const pictured = shown.some((node) => (node.el.localName === "img" || node.el.localName === "picture" || node.el.localName === "svg" || (node.style && /url\(/.test(node.style.backgroundImage))) && node.el.getBoundingClientRect().width >= 24 && node.el.localName !== "svg");
  const node = walk.byElement.get(row);
  return { selector: walk.selector(row), box: walk.box(node), text: cut(squeeze(row.innerText || ""), 400), links: links.slice(0, 6), controls: [...controls, ...boxes], amounts: [...new Set(amounts)], count: amounts.length, picture: pictured, value: field ? cut(field.value, 10) : null, editable: Boolean(field && !field.disabled && !field.readOnly) };
}

function observeGenerated(el) {
  const said = (pseudo) => { const quoted = /^"(.*)"$/.exec(getComputedStyle(el, pseudo).content); return quoted ? quoted[1] : ""; };
  const inner = [...el.children].slice(0, 4);
  return squeeze([said("::before"), textOf(el, 160), said("::after"), ...inner.map((one) => ["::before", "::after"].map((pseudo) => { const quoted = /^"(.*)"$/.exec(getComputedStyle(one, pseudo).content); return quoted ? quoted[1] : ""; }).join(""))].join(" "));
}

// How the fields are labelled now. A label laid over its field that is still seen while the field is filled floats.
function observeForm() {
  const walk = new Walk({ elements: 30000, walk_ms: 3000 });
  const found = [];
  for (const node of walk.nodes) {
    const { el } = node;
    if (found.length >= 60 || !/^(input|select|textarea)$/.test(el.localName) || /^(hidden|submit|button|image|reset|radio|checkbox|file)$/.test(el.type) || !walk.visible(node) || ["header", "nav", "footer"].includes(regionAt(node, walk))) continue;
    const by = (el.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean).map((id) => el.getRootNode().getElementById && el.getRootNode().getElementById(id)).filter(Boolean);
    const beside = el.previousElementSibling && !el.previousElementSibling.querySelector("input, select, textarea") && !/^(input|select|textarea|button|svg|i)$/.test(el.previousElementSibling.localName) ? [el.previousElementSibling] : [];
    const before = [];
    for (let up = el.parentElement, depth = 0; up && depth < 4 && !before.length && up.querySelectorAll("input:not([type=hidden]), select, textarea").length === 1; up = up.parentElement, depth++) {
      const above = up.previousElementSibling;
      if (above && !above.querySelector("input, select, textarea, button") && textOf(above, 200) && textOf(above, 200).length < 60) before.push(above);
    }
    const labels = [...(el.labels || []), ...by, ...((el.labels && el.labels.length) || by.length ? [] : [...beside, ...before])];
    const own = el.getBoundingClientRect();
    const filled = el.localName === "select" ? el.selectedIndex >= 0 && Boolean(el.value) : Boolean(el.value);
    let label = "", placed = "none";
    for (const one of labels) {
      const wraps = one.contains(el);
      const texts = wraps ? [...one.childNodes].filter((child) => (child.nodeType === 3 && child.data.trim()) || (child.nodeType === 1 && child !== el && !child.contains(el) && textOf(child, 80))) : [one];
      for (const part of texts) {
        const range = document.createRange();
        range.selectNodeContents(part.nodeType === 3 ? part : part);
        const r = range.getBoundingClientRect();
        const seen = part.nodeType === 3 ? observeShown(one) : observeShown(part);
        if (!seen || r.width < 4 || r.height < 4) continue;
        const over = Math.max(0, Math.min(r.bottom, own.bottom) - Math.max(r.top, own.top)) * Math.max(0, Math.min(r.right, own.right) - Math.max(r.left, own.left));
        const inside = !wraps && over > 0.5 * r.width * r.height;
        label = label || (wraps ? cut(squeeze(`${textOf(one, 160)} ${observeGenerated(one)}`), 200) : cut(observeGenerated(one), 200));
        placed = inside && placed !== "outside" ? "floating" : "outside";
      }
    }
    const placeholder = cut(el.getAttribute("placeholder") || "", 120);
    if (placed === "none" && placeholder) placed = "placeholder";
    if (placed === "none" && el.localName === "select" && el.options[0] && !el.options[0].value) placed = "placeholder";
    found.push({ selector: walk.selector(el), label, placeholder, placed, required: Boolean(el.required) || el.getAttribute("aria-required") === "true", filled, box: walk.box(node) });
  }
  return found;
}

// The texts around fields, and their state: taken before a form is sent with errors and after.
function observeAround(selectors) {
  const pick = (selector) => { try { return document.querySelector(selector); } catch { return null; } };
  const around = selectors.map((selector) => {
    const el = pick(selector);
    if (!el) return null;
    let holder = el.parentElement;
    while (holder && holder.parentElement && holder.parentElement.querySelectorAll("input:not([type=hidden]), select, textarea").length <= 1) holder = holder.parentElement;
    const tied = (el.getAttribute("aria-errormessage") || el.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean).map((id) => document.getElementById(id)).filter((one) => one && observeShown(one)).map((one) => one.innerText).join("\n");
    return { text: cut(`${holder ? holder.innerText : ""}\n${tied}`, 600), native: !el.checkValidity() && !(el.form && el.form.noValidate), focused: document.activeElement === el };
  });
  const active = document.activeElement;
  return { around, focus: Boolean(active && active.closest("[role=alert], [class*='error' i]")), text: cut(document.body.innerText, 20000) };
}

// Names of pictures and icons that may stand for ways of paying.
function observeMarks() {
  const found = new Set();
  const add = (text) => { const said = squeeze(text); if (said && said.length < 160 && found.size < 300) found.add(said); };
  for (const el of document.querySelectorAll("img, svg, use, [class*='pay' i], [class*='visa' i], [class*='card' i] i, i[class], [class*='icon-' i]")) {
    if (found.size >= 300) break;
    const box = el.localName === "use" ? el.closest("svg") : el;
    if (!box || !observeShown(box) || (el.localName === "img" && el.getBoundingClientRect().width > 420)) continue;
    add(el.getAttribute("alt"));
    add(el.getAttribute("title"));
    add(el.getAttribute("aria-label"));
    const source = el.getAttribute("src") || el.getAttribute("data-src") || el.getAttribute("href") || el.getAttribute("xlink:href") || "";
    if (source && !source.startsWith("data:")) add(source.split(/[?#]/)[source.includes("#") && el.localName === "use" ? 1 : 0].split("/").slice(-1)[0]);
    if (typeof el.className === "string") add(el.className);
    const title = el.querySelector && el.localName === "svg" && el.querySelector("title");
    if (title) add(title.textContent);
  }
  return [...found];
}

// The offer of the page's product in JSON-LD or microdata, as it is written.
function observeOffer() {
  const offers = [];
  const visit = (item, depth) => {
    if (!item || typeof item !== "object" || depth > 6 || offers.length > 20) return;
    if (Array.isArray(item)) return item.slice(0, 30).forEach((one) => visit(one, depth + 1));
    const types = [].concat(item["@type"] || []);
    if (types.some((type) => /Product$/.test(type))) for (const offer of [].concat(item.offers || [])) if (offer && typeof offer === "object") offers.push({ price: String(offer.price ?? offer.lowPrice ?? ""), high: String(offer.highPrice ?? ""), currency: String(offer.priceCurrency ?? ""), availability: String(offer.availability ?? "") });
    if (types.some((type) => /ItemList|BreadcrumbList/.test(type))) return;
    visit(item["@graph"], depth + 1);
    visit(item.mainEntity, depth + 1);
  };
  for (const script of [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, 20)) { try { visit(JSON.parse(script.textContent), 0); } catch { /* not JSON */ } }
  if (!offers.length) {
    const scopes = [...document.querySelectorAll('[itemtype*="schema.org/Product"]')];
    if (scopes.length === 1) {
      const of = (name) => { const el = scopes[0].querySelector(`[itemprop=${name}]`); return el ? el.getAttribute("content") || el.getAttribute("href") || squeeze(el.textContent) : ""; };
      offers.push({ price: cut(of("price"), 40), high: "", currency: cut(of("priceCurrency"), 10), availability: cut(of("availability"), 80) });
    }
  }
  const distinct = new Set(offers.map((offer) => `${offer.price}|${offer.currency}`));
  return offers.length && distinct.size === 1 && !offers[0].high ? offers[0] : null;
}

// The rows of a group of radio buttons: what a shopper reads of each choice.
function observeRows(indices) {
  return indices.map((index) => {
    const el = journeyElements[index - journeyBase];
    if (!el || !el.isConnected) return null;
    let row = (el.labels && el.labels[0]) || el.parentElement;
    for (let up = row; up && up.parentElement; up = up.parentElement) { if (up.parentElement.querySelectorAll("input[type=radio]").length > 1) break; row = up; if (up.localName === "form" || up.localName === "fieldset") break; }
    return { text: cut(squeeze(`${textOf(row, 300)} ${el.labels && el.labels[0] && !row.contains(el.labels[0]) ? textOf(el.labels[0], 200) : ""}`), 300), chosen: el.checked === true || el.getAttribute("aria-checked") === "true" };
  });
}
