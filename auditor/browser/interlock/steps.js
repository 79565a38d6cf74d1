// The steps of a checkout that a page shows, and which is the current one: the step that the page marks as such, or the
// only one of a list that stands out while none after it can be pressed yet.
function stepsShown(all, visible, said) {
  const MARKED = [
    '[aria-current="step"]',
    '[class*="step" i] > [class*="active" i], [class*="step" i] > [class*="current" i], [class*="progress" i] > [class*="active" i]',
    '[class*="step" i][class*="active" i], [class*="step" i][class*="current" i]',
    '[class*="step" i] [class*="active" i], [class*="progress" i] [class*="active" i]',
  ];
  const LISTS = 'ol, ul, [role="list"], nav, [class*="breadcrumb" i], [class*="step" i], [class*="progress" i], [class*="wizard" i]';
  const short = (node) => { const text = said(node, 100); return text.length > 0 && text.length < 80; };
  const listed = (row) => [...row.children].filter((one) => said(one, 90) && visible(one));
  const found = (items, current) => ({ steps: items.slice(0, 12).map((one) => said(one, 80)), current: current < 0 ? null : current });
  for (const selector of MARKED) {
    const marked = all(selector).find((node) => visible(node) && short(node));
    const row = marked && (marked.closest('ol, ul, nav, [role="list"]') || marked.parentElement);
    if (row) { const items = listed(row); return found(items, items.findIndex((one) => one.contains(marked))); }
  }
  const standsOut = (item) => {
    let node = item;
    for (let inner = item; inner; inner = [...inner.children].find((one) => said(one, 90) === said(item, 90))) {
      node = inner;
      if (/^(strong|b|em|mark)$/.test(node.localName) || node.hasAttribute("aria-current")) return true;
      if (/(^|[\s_-])(active|current)([\s_-]|$)/i.test(node.getAttribute("class") || "")) return true;
    }
    return parseInt(getComputedStyle(node).fontWeight) >= 600;
  };
  for (const row of all(LISTS)) {
    if (row.children.length < 2 || row.children.length > 24 || !visible(row)) continue;
    const items = listed(row);
    if (items.length < 2 || items.length > 9 || !items.every((one) => said(one, 60).length <= 40)) continue;
    if (row.querySelector('button, input, select, [role="tab"], [role="button"]')) continue;
    const out = items.map(standsOut), current = out.indexOf(true);
    if (current < 0 || out.lastIndexOf(true) !== current) continue;
    if (items.slice(current).some((one) => one.matches("a[href]") || one.querySelector("a[href]"))) continue;
    return found(items, current);
  }
  return { steps: [], current: null };
}

// Short texts that count: "Step 1 of 3".
function stepCounts(all, visible, said) {
  const places = 'h1, h2, h3, h4, legend, caption, [role="heading"], [class*="step" i], [class*="progress" i]';
  const texts = [document.title, ...all(places).filter(visible).map((node) => said(node, 90))];
  return [...new Set(texts)].filter((text) => text.length <= 80 && /\p{Nd}\P{Nd}{1,12}\p{Nd}/u.test(text)).slice(0, 8);
}
