// The product list of a page: its cards, what is written around them, and what filters them. One pass; needs sight.js.

const LIST_FILTERS = /filter|facet|refine|layered|narrow|aggregation|filtr/i;
const LIST_ON = /(^|[\s_-])(active|selected|checked|chosen|applied|current|is-on)([\s_-]|$)/i;
const LIST_INLINE = /^(a|abbr|b|bdi|bdo|cite|em|font|i|label|mark|q|s|small|span|strong|sub|sup|time|u|var)$/;
const LIST_DIGIT = "[0-9\\u06F0-\\u06F9\\u0660-\\u0669]";
const LIST_NUMBER = `[\\s(\\[（]*(${LIST_DIGIT}(?:[0-9\\u06F0-\\u06F9\\u0660-\\u0669.,٬\\s]*${LIST_DIGIT})?)[\\s)\\]）]*$`;
const LIST_COUNT = new RegExp(`^(.*?\\S)(?<![0-9\\u06F0-\\u06F9\\u0660-\\u0669])${LIST_NUMBER}`, "su");
const LIST_BARE = new RegExp(`^${LIST_NUMBER}`, "u");
const LIST_TOP = /^(main|body|html)$/;
const LIST_FRAME = /^(header|nav|footer|breadcrumb)$/;

const listAbove = (el) => el.parentElement || (el.getRootNode().host ?? null);

function listClassOf(el) {
  return [el.id, typeof el.className === "string" ? el.className : "", el.getAttribute("data-role") || "", el.getAttribute("aria-label") || ""].join(" ");
}

function listMarks(el, levels) {
  const found = [];
  for (let at = el, up = 0; at && up < levels && !LIST_TOP.test(at.localName); up++, at = listAbove(at)) found.push(listClassOf(at));
  return cut(squeeze(found.join(" ")), 400);
}

// The heading that a group stands under: the last one before it, a few levels up, or its label.
function listHeading(el) {
  for (let at = el, up = 0; at && up < 5 && !LIST_TOP.test(at.localName); up++, at = at.parentElement) {
    for (let before = at.previousElementSibling, n = 0; before && n < 4; before = before.previousElementSibling, n++) {
      const heading = /^(h[1-6]|legend|summary|dt|button)$/.test(before.localName) || before.getAttribute("role") === "heading" ? before : before.querySelector("h1, h2, h3, h4, h5, h6, legend, summary, [role=heading]");
      if (heading) return textOf(heading, 150);
    }
    const label = at.getAttribute("aria-label");
    if (label) return cut(label, 150);
  }
  return "";
}

function listAnchors(walk) {
  const here = location.href.split("#")[0], found = [];
  for (const node of walk.nodes) {
    const { el } = node, href = el.localName === "a" ? el.getAttribute("href") || "" : "";
    if (!href || node.hidden || found.length >= 1500 || /^(javascript:|mailto:|tel:|#)/i.test(href)) continue;
    let url;
    try { url = new URL(href, document.baseURI); } catch { continue; }
    if (!/^https?:$/.test(url.protocol) || url.host !== location.host) continue;
    url.hash = "";
    const region = regionAt(node, walk);
    if (url.href === here || url.pathname === "/" || LIST_FRAME.test(region) || !walk.visible(node)) continue;
    found.push({ el, url: url.href, region });
  }
  return found;
}

// A card ends where another link of the same shape to another address begins.
function listByShape(anchors, walk, take) {
  const shapes = new Map();
  for (const one of anchors) {
    const above = one.el.parentElement, shape = walk.signature(one.el) + "<" + (above ? walk.signature(above) : "");
    if (!shapes.has(shape)) shapes.set(shape, []);
    shapes.get(shape).push(one);
  }
  for (const members of shapes.values()) {
    if (new Set(members.map((one) => one.url)).size < 2) continue;
    const holds = new Map();
    for (const one of members)
      for (let at = one.el.parentElement, up = 0; at && up < 16; up++, at = at.parentElement) {
        if (!holds.has(at)) holds.set(at, new Set());
        if (holds.get(at).size < 2) holds.get(at).add(one.url);
      }
    for (const one of members) {
      let card = one.el;
      for (let up = 0, above = listAbove(card); up < 14 && above && !LIST_TOP.test(above.localName) && (holds.get(above) || new Set()).size < 2; up++, above = listAbove(card)) card = above;
      take(one, card, false);
    }
  }
}

// A list of one: no neighbour tells where its card ends, so the first price and picture on the way up do.
function listAlone(anchors, cards, within, take) {
  const carded = (el) => { for (let at = el; at; at = at.parentElement) if (cards.has(at) && within(at).length) return true; return false; };
  const strong = anchors.filter((one) => one.el.querySelector("img, picture, h2, h3, h4, h5, h6") || one.el.closest("h1, h2, h3, h4, h5, h6"));
  for (const one of strong) {
    if (carded(one.el)) continue;
    let el = one.el;
    for (let up = 0; up < 7 && el && !LIST_TOP.test(el.localName) && !(within(el).length && el.querySelector("img, picture, svg")); up++) el = el.parentElement;
    if (!el || LIST_TOP.test(el.localName) || !within(el).length || textOf(el, 900).length >= 800) continue;
    if (new Set(strong.filter((other) => el.contains(other.el)).map((other) => other.url)).size === 1) take(one, el, true);
  }
}

// The amounts alone: larger elements that hold one and more words are left out.
function listAmounts(money) {
  const texts = money.filter((price) => !price.struck).map((price) => price.text);
  return texts.filter((text) => !texts.some((other) => other !== text && text.includes(other))).slice(0, 6);
}

// A heading that leads elsewhere, to a category or a maker, does not name the product where anything else does.
function listHeadings(card, url) {
  const path = (address) => { try { return new URL(address, document.baseURI).pathname; } catch { return ""; } };
  const leads = (heading) => { const link = heading.closest("a[href]") || heading.querySelector("a[href]"); return link ? path(link.href) : ""; };
  const all = [...card.querySelectorAll("h1, h2, h3, h4, h5, h6, [itemprop=name]")];
  return { own: all.find((one) => leads(one) === path(url)) || all.find((one) => !leads(one)), first: all[0] };
}

function listCards(walk, prices) {
  const anchors = listAnchors(walk), cards = new Map();
  const take = (one, el, single) => {
    if (textOf(el, 1600).length >= 1500) return;
    if (cards.has(el)) cards.get(el).anchors.push(one); else cards.set(el, { el, anchors: [one], single });
  };
  const priced = prices.filter((price) => price.visible && price.el);
  const within = (el) => priced.filter((price) => el.contains(price.el));
  listByShape(anchors, walk, take);
  listAlone(anchors, cards, within, take);
  const strip = (text) => squeeze(text.replace(MONEY_ALL, " "));
  const nested = (card) => { for (let at = card.el.parentElement; at; at = at.parentElement) if (cards.has(at) && within(at).length) return true; return false; };
  // A lone link above the list may reach over all of it: what holds several priced cards is none.
  const around = new Map();
  for (const card of cards.values()) {
    if (!within(card.el).length) continue;
    for (let at = card.el.parentElement; at; at = at.parentElement) if (cards.has(at)) around.set(at, (around.get(at) || new Set()).add(card.anchors[0].url));
  }
  for (const [el, inner] of around) if (inner.size > 1) cards.delete(el);
  const found = [];
  for (const card of cards.values()) {
    const money = within(card.el), image = card.el.querySelector("img, picture, [style*='background-image']");
    if ((!money.length && !image) || nested(card)) continue;
    const best = card.anchors.map((one) => ({ one, image: one.el.querySelector("img, picture") ? 1 : 0, text: textOf(one.el, 200) })).sort((a, b) => b.image - a.image || b.text.length - a.text.length)[0].one;
    const headings = listHeadings(card.el, best.url), said = (heading) => heading && strip(textOf(heading, 200));
    const same = [...card.el.querySelectorAll("a[href]")].filter((a) => a.href.split("#")[0] === best.url);
    const titles = same.map((a) => a.title || strip(textOf(a, 200))).sort((a, b) => b.length - a.length);
    const name = said(headings.own) || titles[0] || (image && image.alt) || said(headings.first) || strip(textOf(card.el, 200));
    const node = walk.byElement.get(card.el), box = node && walk.box(node);
    if (!name || !box || box.width < 40 || box.height < 20) continue;
    found.push({ el: card.el, region: best.region, index: journeyIndex(best.el), url: best.url, name: cut(name, 200), text: textOf(card.el, 400), prices: listAmounts(money), priced: money.length > 0, image: Boolean(image), single: card.single, box, marks: listMarks(card.el, 3) });
  }
  return found;
}

// Cards with the same parent, or with parents that are rows of the same kind, are one list.
function listGroups(cards, walk) {
  const groups = new Map();
  for (const card of cards) {
    const parent = listAbove(card.el) || card.el, above = parent.parentElement, signature = walk.signature(parent);
    const rows = above && !LIST_TOP.test(parent.localName) && [...above.children].filter((one) => walk.signature(one) === signature).length > 1;
    const holder = card.single ? card.el : rows ? above : parent;
    if (!groups.has(holder)) groups.set(holder, { holder, cards: [], single: card.single });
    groups.get(holder).cards.push(card);
  }
  return [...groups.values()].map(({ holder, cards: members, single }) => {
    const seen = new Set(), kept = members.filter((card) => !seen.has(card.url) && seen.add(card.url));
    return { heading: listHeading(holder), marks: listMarks(holder, 4), single, region: kept[0].region, top: Math.min(...kept.map((card) => card.box.y)), cards: kept.slice(0, 120).map(({ el, region, ...card }) => card) };
  }).sort((a, b) => a.top - b.top);
}

function listInside(elements) {
  const held = new Set(elements);
  return (el) => { for (let at = el; at; at = at.parentElement) if (held.has(at)) return true; return false; };
}

function listLines(walk, cards) {
  const carded = listInside(cards.filter((card) => card.priced || !card.single).map((card) => card.el)), found = [];
  for (const node of walk.nodes) {
    if (found.length >= 200) break;
    const { el } = node, above = el.parentElement;
    if (node.hidden || !/\S/.test(journeyOwnText(el)) || /^(option|select|script|style)$/.test(el.localName)) continue;
    if (LIST_INLINE.test(el.localName) && above && /\S/.test(journeyOwnText(above))) continue;
    const region = regionAt(node, walk);
    if (LIST_FRAME.test(region) || carded(el) || !walk.visible(node)) continue;
    const around = el.closest("a[href]"), link = around || el.querySelector("a[href]");
    found.push({ text: textOf(el, 240), heading: Boolean(el.closest("h1, h2, h3, h4, [role=heading]")), live: Boolean(el.closest("[role=status], [role=alert], [aria-live]")), marks: listMarks(el, 3), link: link ? cut(link.href, 2000) : "", linked: Boolean(around), region });
  }
  return found;
}

function listIsOn(el) {
  return el.checked === true || ["aria-checked", "aria-pressed", "aria-selected"].some((name) => el.getAttribute(name) === "true")
    || /^(true|page)$/.test(el.getAttribute("aria-current") || "") || LIST_ON.test(listClassOf(el)) || Boolean(el.parentElement && LIST_ON.test(listClassOf(el.parentElement)));
}

// The name of a facet's value and the number printed with it, or beside it.
function listNamed(el, label, tick) {
  const whole = (tick ? labelOf(el) || textOf(label, 120) : textOf(el, 120)) || nameOf(el, 120);
  const match = LIST_COUNT.exec(whole);
  let name = match ? match[1] : whole, count = match ? match[2] : "";
  const row = !match && label && label.parentElement;
  if (row && row.childElementCount <= 4) {
    const beside = textOf(row, 120), rest = beside.startsWith(name) ? LIST_BARE.exec(beside.slice(name.length)) : null;
    if (rest) count = rest[1];
  }
  return { name: cut(squeeze(name).replace(/[\s(\[（:–-]+$/, ""), 100), count: squeeze(count) };
}

function listFacets(walk, cards) {
  const carded = listInside(cards.map((card) => card.el)), found = [];
  for (const node of walk.nodes) {
    if (found.length >= 300) break;
    const { el } = node, role = el.getAttribute("role") || "";
    const tick = el.localName === "input" && /^(checkbox|radio)$/.test(el.type);
    const press = el.localName === "a" ? el.hasAttribute("href") : el.localName === "button" || /^(checkbox|option|menuitemcheckbox|menuitemradio|radio|switch|button)$/.test(role);
    if ((!tick && !press) || carded(el) || el.closest("select")) continue;
    const region = regionAt(node, walk);
    if (/^(header|footer|breadcrumb)$/.test(region)) continue;
    const label = tick ? (el.labels && el.labels[0]) || el.parentElement : el;
    const { name, count } = listNamed(el, label, tick), marked = LIST_FILTERS.test(listMarks(el, 8));
    if (!name || name.length > 80 || (!count && !marked)) continue;
    const labelNode = label && walk.byElement.get(label);
    let target = "";
    try { if (el.localName === "a") target = cut(new URL(el.getAttribute("href"), document.baseURI).href, 2000); } catch { /* no address */ }
    const holder = el.closest("ul, ol, fieldset, section, details, [role=group], [role=listbox]") || el.parentElement;
    const heading = holder && holder.querySelector("legend, h2, h3, h4, h5, summary");
    found.push({ index: journeyIndex(el), kind: tick ? el.type : el.localName === "a" ? "link" : "button", name, count, target, on: listIsOn(el), visible: walk.visible(node) || Boolean(tick && labelNode && walk.visible(labelNode)), disabled: Boolean(el.disabled) || el.getAttribute("aria-disabled") === "true", marked, group: cut((heading && !heading.contains(el) && textOf(heading, 80)) || (holder && listHeading(holder)) || "", 80), region });
  }
  return found;
}

function journeyProductList() {
  const walk = new Walk({ elements: 30000, walk_ms: 4000 });
  for (const node of walk.nodes) if (!node.hidden) node.text = journeyOwnText(node.el);
  const prices = collectPrices(walk, { prices: 400 });
  const bySelector = new Map(walk.nodes.map((node) => [walk.selectors.get(node.el), node.el]));
  for (const price of prices) price.el = bySelector.get(price.selector) || null;
  const cards = listCards(walk, prices);
  return { url: cut(location.href, 2000), groups: listGroups(cards, walk), lines: listLines(walk, cards), facets: listFacets(walk, cards), scroll_y: scrollY, viewport_height: innerHeight, height: document.documentElement.scrollHeight };
}

const journeyAt = (index) => { const el = journeyElements[index - journeyBase]; return el && el.isConnected ? el : null; };

function journeyFieldValue(index) {
  const el = journeyAt(index);
  return el && typeof el.value === "string" ? el.value.slice(0, 300) : null;
}

function journeyDatalist(index) {
  const el = journeyAt(index);
  return el && el.list ? [...el.list.options].slice(0, 50).map((one) => one.value || one.text) : [];
}

function journeyScrollTo(index) {
  const el = journeyAt(index);
  if (el) el.scrollIntoView({ block: "center", behavior: "instant" });
  return el ? scrollY : null;
}
