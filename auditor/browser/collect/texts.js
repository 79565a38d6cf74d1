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

// Text of the main content that is there and not displayed: closed tabs and accordions. Menus and dialogs are left out.
function foldedText(main) {
  const left = "script, style, template, noscript, select, textarea, header, nav, footer, dialog, [role=dialog], [role=menu], [aria-modal=true]";
  const texts = document.createTreeWalker(main || document.body, NodeFilter.SHOW_TEXT);
  const shown = new Map(), found = [];
  for (let seen = 0, length = 0; seen < 20000 && length < 20000 && texts.nextNode(); seen++) {
    const text = squeeze(texts.currentNode.data), el = texts.currentNode.parentElement;
    if (!text || !el) continue;
    if (!shown.has(el)) shown.set(el, el.checkVisibility() || Boolean(el.closest(left)));
    if (!shown.get(el)) { found.push(text); length += text.length; }
  }
  return cut(found.join("\n"), 20000);
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
    folded: foldedText(main),
    text_chars: (all.match(/[\p{L}\p{N}]/gu) || []).length,
  };
}
