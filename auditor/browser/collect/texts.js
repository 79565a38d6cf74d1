function collectRuns(walk, limits) {
  const found = [];
  for (const node of walk.nodes) {
    const { el } = node;
    if (node.hidden || found.length >= limits.texts) continue;
    let text = "";
    for (let child = el.firstChild; child && text.length < 4000; child = child.nextSibling) if (child.nodeType === 3) text += child.data;
    text = squeeze(text);
    if (!text || /^(option|optgroup|textarea|title|iframe)$/.test(el.localName) || el.namespaceURI.endsWith("svg")) continue;
    node.text = text;
    found.push({
      selector: walk.selector(el),
      tag: el.localName,
      text: cut(text, 200),
      chars: text.replace(/\s/g, "").length,
      font_px: parseFloat(node.style.fontSize) || 0,
      font_weight: parseInt(node.style.fontWeight) || 400,
      box: walk.box(node),
      visible: walk.visible(node),
      region: regionAt(node, walk),
      direction: node.style.direction,
      align: node.style.textAlign,
    });
  }
  return found;
}

// Whether a shopper can bring hidden content to view: something names it as what it opens, a heading to press stands
// before it, or it is called a part that opens.
function canBeOpened(top) {
  const opens = "button, summary, label, [role=button], [role=tab], [aria-expanded], [aria-controls], [data-toggle], [data-bs-toggle], [tabindex='0'], a[href='#'], a:not([href])";
  for (let at = top, up = 0; at && at !== document.body && up < 6; at = at.parentElement, up++) {
    if (at.localName === "details" || /^(tabpanel|dialog|menu|listbox|region)$/.test(at.getAttribute("role") || "") || at.hasAttribute("popover")) return true;
    if (/(?:^|[-_\s])(?:tabs?|accordion|collaps\w*|fold\w*|toggle\w*|expand\w*|drawer|modal|popup|popover|sheet|offcanvas|tooltip|dropdown|panel|slide|swiper|carousel)(?:$|[-_\s])/i.test(at.getAttribute("class") || "")) return true;
    const named = at.id && CSS.escape(at.id);
    if (named && document.querySelector(`[aria-controls~="${named}"], [href$="#${named}"], [data-target="#${named}"], [data-bs-target="#${named}"], label[for="${named}"]`)) return true;
    // What opens it stands before it as its heading, or after it as "read more".
    for (const near of up < 3 ? [at.previousElementSibling, at.nextElementSibling] : []) {
      if (!near || !near.checkVisibility() || near.matches("form, details") || near.querySelector("form, input, select, details")) continue;
      if (squeeze(near.textContent).length > 80 || (near.type === "submit" && near.form)) continue;
      const first = near.firstElementChild || near;
      if (near.matches(opens) || near.querySelectorAll(opens).length === 1) return true;
      if ([near, first].some((one) => one.localName !== "a" && getComputedStyle(one).cursor === "pointer")) return true;
    }
  }
  return false;
}

// Text of the main content that is there and not displayed: closed tabs and accordions. Menus and dialogs are left out.
// What nothing opens is told apart.
function foldedText(main) {
  const left = "script, style, template, noscript, select, textarea, header, nav, footer, dialog, [role=dialog], [role=menu], [aria-modal=true]";
  const texts = document.createTreeWalker(main || document.body, NodeFilter.SHOW_TEXT);
  const shown = new Map(), tops = new Map(), found = [], lost = [];
  const topOf = (el) => {
    let top = el;
    while (top.parentElement && top.parentElement !== document.body && !top.parentElement.checkVisibility()) top = top.parentElement;
    return top;
  };
  for (let seen = 0, length = 0; seen < 20000 && length < 20000 && texts.nextNode(); seen++) {
    const text = squeeze(texts.currentNode.data), el = texts.currentNode.parentElement;
    if (!text || !el) continue;
    if (!shown.has(el)) shown.set(el, el.checkVisibility() || Boolean(el.closest(left)));
    if (shown.get(el)) continue;
    found.push(text);
    length += text.length;
    const top = topOf(el);
    if (!tops.has(top)) tops.set(top, canBeOpened(top));
    if (!tops.get(top)) lost.push(text);
  }
  return { folded: cut(found.join("\n"), 20000), unopened: cut(lost.join("\n"), 20000) };
}

function collectTexts(walk) {
  const inner = (el) => (el ? cut(el.innerText, 60000) : "");
  const foreign = walk.nodes.filter((node) => node.text && (node.frame || node.el.getRootNode() !== document) && walk.visible(node)).map((node) => node.text).join("\n");
  const main = document.querySelector("main, [role=main]") || document.querySelector("#main, #content, #main-content, .main-content");
  const footers = document.querySelectorAll("footer, [role=contentinfo], #footer");
  const footer = [...footers].reverse().find((el) => !el.closest("main, article")) || null;
  const all = inner(document.body);
  return {
    all: cut(foreign ? all + "\n" + foreign : all, 60000),
    main: inner(main) || all,
    footer: inner(footer),
    ...foldedText(main),
    text_chars: (all.match(/[\p{L}\p{N}]/gu) || []).length,
  };
}
