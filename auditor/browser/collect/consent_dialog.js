// Layers over the page that could be consent dialogs, with their texts and buttons. What the words mean is judged outside.

const CONSENT_MARKS = /cookie|consent|gdpr|onetrust|cybot|didomi|usercentrics|osano|klaro|truste|quantcast|(^|[\s_-])cmp/i;
const PRESSED = "button, [role=button], input[type=button], input[type=submit], a";

function marksOf(el) {
  return cut((el.id || "") + " " + (typeof el.className === "string" ? el.className : ""), 300);
}

function pinned(el) {
  return /fixed|sticky/.test(getComputedStyle(el).position);
}

function isLayer(el, marked) {
  const role = el.getAttribute("role");
  if (role === "dialog" || role === "alertdialog" || (el.localName === "dialog" && el.open)) return true;
  if (pinned(el)) return true;
  for (let at = marked ? el.parentElement : null; at; at = at.parentElement) if (pinned(at)) return true;
  // A banner in the flow at the very top or bottom of the page.
  return marked && el.parentElement === document.body;
}

function layersIn(root, found) {
  let count = 0;
  for (const el of root.querySelectorAll("*")) {
    if (++count > 20000 || found.length >= 12) return;
    if (el.shadowRoot) layersIn(el.shadowRoot, found);
    const marked = CONSENT_MARKS.test(marksOf(el));
    if (!isLayer(el, marked)) continue;
    const r = el.getBoundingClientRect();
    if (r.width < 150 || r.height < 30 || r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) continue;
    if (!el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || !el.querySelector(PRESSED)) continue;
    found.push(el);
  }
}

function consentLayers() {
  const found = [];
  layersIn(document, found);
  return found.map((el) => {
    const buttons = [];
    for (const one of [...el.querySelectorAll(PRESSED)].slice(0, 40)) {
      const r = one.getBoundingClientRect();
      if (r.width < 8 || r.height < 8 || !one.checkVisibility({ visibilityProperty: true })) continue;
      const leaves = one.localName === "a" && one.hasAttribute("href") && !/^(#|javascript:|$)/i.test(one.getAttribute("href"));
      buttons.push({ name: nameOf(one, 120), marks: marksOf(one), x: r.left + r.width / 2, y: r.top + r.height / 2, leaves });
    }
    return { text: cut(el.innerText || el.textContent, 5000), marked: CONSENT_MARKS.test(marksOf(el)), buttons, area: el.getBoundingClientRect().width * el.getBoundingClientRect().height };
  });
}
