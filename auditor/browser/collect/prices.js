// Prices as seen: the smallest element whose text is an amount with its currency, decimals in child elements put together.

const DIGITS = "[0-9\\u0660-\\u0669\\u06F0-\\u06F9\\u0966-\\u096F]";
// A country may stand before its sign, as in UK£ and US$.
const SYMBOL = "(?:(?<!\\p{L})\\p{L}{1,3})?\\p{Sc}|\\uFDFC";
const GAP = "[\\s\\u200E\\u200F\\u061C]*";
const WORD = "zł(?:otych)?|kr\\.?|kč|ft|лв\\.?|руб(?:\\.|лей|ля|ль)?|грн\\.?|lei|ден|din\\.?|дин\\.?|rs\\.?|rm|tl|r\\$|chf|fr\\.|元|円|원|تومان|تومن|ریال|ريال|درهم|د\\.إ|ر\\.س|ج\\.م|دينار|ليرة|₺";
const CODE = "USD|EUR|GBP|PLN|IRR|IRT|CHF|SEK|NOK|DKK|CZK|HUF|RON|BGN|TRY|RUB|UAH|JPY|CNY|KRW|INR|AUD|CAD|NZD|BRL|MXN|ZAR|AED|SAR|ILS|SGD|HKD|THB|IDR|MYR|PHP|VND|QAR|KWD|EGP|CLP|COP|ARS|PEN";
const CURRENCY = `(?:${SYMBOL}|(?<!\\p{L})(?:${WORD}|${CODE})(?!\\p{L}))`;
const AMOUNT = `${DIGITS}(?:[${"0-9\\u0660-\\u0669\\u06F0-\\u06F9\\u0966-\\u096F"}.,'’٬٫،\\s\\u00A0\\u202F]*${DIGITS})?(?:[.,][-–—])?`;
const MONEY = new RegExp(`(?:${CURRENCY})${GAP}-?${AMOUNT}|${AMOUNT}${GAP}(?:${CURRENCY})`, "iu");
const MONEY_ALL = new RegExp(MONEY.source, "giu");
const HAS_DIGIT = new RegExp(DIGITS);
const CURRENCY_ONLY = new RegExp(`^\\s*(?:${CURRENCY})\\s*$`, "iu");

// Text of an element with "12<sup>99</sup>" read as 12.99.
function priceText(el, walk) {
  const walker = el.ownerDocument.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  let text = "", largest = 0, weight = 400, lastSize = 0, count = 0;
  while (walker.nextNode() && count++ < 30 && text.length < 200) {
    const parent = walker.currentNode.parentElement;
    const node = parent && walk.byElement.get(parent);
    const piece = walker.currentNode.data.replace(/\s+/g, " ");
    if (!piece.trim()) { text += piece; continue; }
    if (!node || /^(script|style)$/.test(parent.localName)) continue;
    const size = node.style ? parseFloat(node.style.fontSize) : 0;
    const raised = size && lastSize && (size < 0.85 * lastSize || parent.closest("sup, sub"));
    const cents = /^\s*\d{2}(?!\d)/.test(piece) && /\d\s*$/.test(text) && (raised || /cent|decimal|frac|minor/i.test(parent.className));
    if (cents) text = text.trimEnd() + (/\.\d{3}$/.test(text.trim()) ? "," : ".");
    text += piece;
    lastSize = size || lastSize;
    if (HAS_DIGIT.test(piece) && size > largest) { largest = size; weight = parseInt(node.style.fontWeight) || 400; }
  }
  // A bare number may have its currency drawn by a style sheet.
  const bare = /^[\d\s.,\u0660-\u0669\u06F0-\u06F9٬٫-]+$/.test(text);
  for (const [pseudo, before] of bare ? [["::before", true], ["::after", false]] : []) {
    const content = getComputedStyle(el, pseudo).content;
    const quoted = /^"(.{1,12})"$/.exec(content);
    if (quoted && CURRENCY_ONLY.test(quoted[1])) text = before ? quoted[1] + text : text + quoted[1];
  }
  return { text: squeeze(text), size: largest, weight };
}

function collectPrices(walk, limits) {
  const found = [], seen = new Set();
  let tried = 0;
  for (const start of walk.nodes) {
    if (found.length >= limits.prices || tried > 2000) break;
    const marked = start.el.getAttribute("itemprop") === "price";
    if (start.hidden || !((start.text && HAS_DIGIT.test(start.text) && start.text.length <= 80) || (marked && HAS_DIGIT.test(textOf(start.el, 100))))) continue;
    let node = start;
    tried++;
    for (let up = 0; up < 4 && node && node.parent; up++, node = node.parent) {
      if (seen.has(node.el)) break;
      if (node.el.childElementCount > 12 || textOf(node.el, 100).length > 80) break;
      const read = priceText(node.el, walk);
      const amounts = read.text.match(MONEY_ALL) || [];
      if (amounts.length > 1 && node !== start) break;
      if (!amounts.length && !(marked && node === start && HAS_DIGIT.test(read.text))) continue;
      seen.add(node.el);
      const link = node.el.closest("a[href]");
      const prop = node.el.closest("[itemprop]");
      found.push({
        text: cut(read.text, 120),
        selector: walk.selector(node.el),
        box: walk.box(node),
        font_px: read.size || (node.style ? parseFloat(node.style.fontSize) : 0),
        font_weight: read.weight,
        struck: node.struck || start.struck,
        visible: walk.visible(node),
        region: regionAt(node, walk),
        itemprop: prop && /price/i.test(prop.getAttribute("itemprop")) ? cut(prop.getAttribute("itemprop"), 60) : null,
        link_url: link ? cut(link.href, 2000) : null,
      });
      break;
    }
  }
  return found;
}
