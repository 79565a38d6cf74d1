function collectLinks(walk, limits) {
  const found = [];
  for (const node of walk.nodes) {
    const { el } = node;
    if ((el.localName !== "a" && el.localName !== "area") || !el.hasAttribute("href")) continue;
    if (found.length >= limits.links) return found;
    const beside = [el.previousElementSibling, el.nextElementSibling].filter((one) => one && one.localName === "a");
    found.push({
      url: cut(typeof el.href === "string" ? el.href : "", 2000),
      href: cut(el.getAttribute("href"), 2000),
      name: nameOf(el),
      rel: cut(el.getAttribute("rel"), 100),
      selector: walk.selector(el),
      box: walk.box(node),
      visible: walk.visible(node),
      region: regionAt(node, walk),
      has_text: textOf(el, 20) !== "",
      in_list: Boolean(el.closest("li, [role=listitem], [role=menuitem], dd")) || beside.length === 2,
      current: /^(page|true|location|step)$/.test(el.getAttribute("aria-current") || "") || [...el.classList].some((word) => /^(is-)?(active|current)$/i.test(word)),
    });
  }
  return found;
}
