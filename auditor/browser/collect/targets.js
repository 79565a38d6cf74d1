// What can be pressed, with the facts of WCAG 2.5.8. Hit tests scroll in steps of one viewport; nothing is clicked.

const PRESSABLE = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=menuitem], [role=tab], [role=checkbox], [role=radio], [role=switch], [role=option], [role=combobox], [onclick]";

function isInline(node) {
  if (!node.style || !/^inline/.test(node.style.display) || node.style.display !== "inline") return false;
  let block = node.parent;
  while (block && block.style && block.style.display === "inline") block = block.parent;
  if (!block) return false;
  if (block.sentence === undefined) {
    let links = 0;
    for (const link of [...block.el.querySelectorAll("a, button")].slice(0, 200)) links += textOf(link, 500).length;
    block.sentence = textOf(block.el, 5000).length - links;
  }
  return block.sentence >= 6 && textOf(node.el, 20) !== "";
}

function isNative(el, style) {
  if (el.localName === "input" && /^(checkbox|radio|range|color|date|file)$/.test(el.type)) return style.appearance !== "none";
  return false;
}

function answers(el, x, y) {
  const root = el.getRootNode();
  const hit = (root.elementFromPoint ? root : document).elementFromPoint(x, y);
  if (!hit) return false;
  if (el === hit || el.contains(hit) || (el.shadowRoot && el.shadowRoot.contains(hit))) return true;
  const label = hit.closest && hit.closest("label");
  if (label && label.control === el) return true;
  const around = hit.closest && hit.closest("a[href], button");
  return Boolean(around && around.contains(el));
}

function hits(el) {
  const r = el.getClientRects();
  const box = r.length > 1 ? [...r].reduce((a, b) => (a.width * a.height >= b.width * b.height ? a : b)) : el.getBoundingClientRect();
  return answers(el, box.left + box.width / 2, box.top + box.height / 2);
}

function testHits(walk, targets, limits) {
  const deadline = performance.now() + limits.hits_ms;
  const [width, height] = [document.documentElement.clientWidth, innerHeight];
  const pending = [];
  const local = targets.filter((target) => !target.node.frame);
  local.sort((a, b) => walk.rect(a.node).top - walk.rect(b.node).top);
  let at = 0;
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  let top = 0;
  while (at < local.length && performance.now() < deadline) {
    scrollTo({ top, left: 0, behavior: "instant" });
    const shift = scrollY;
    for (; at < local.length; at++) {
      const target = local[at];
      const r = walk.rect(target.node);
      const pinned = target.node.position === "fixed";
      const y = (r.top + r.bottom) / 2;
      if (!pinned && y - shift > height * 0.85 && shift + height < document.documentElement.scrollHeight - 1) break;
      const x = (r.left + r.right) / 2;
      if (x < 0 || x > width) pending.push(target);
      else if (!(target.facts.hit = hits(target.node.el))) pending.push(target);
      target.tested = true;
    }
    if (at < local.length) top = Math.max(top + height * 0.7, walk.rect(local[at].node).top - height * 0.3);
  }
  for (const [number, target] of pending.entries()) {
    if (number >= limits.retries || performance.now() > deadline) {
      target.tested = false;
      continue;
    }
    target.node.el.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    target.facts.hit = hits(target.node.el);
  }
  scrollTo({ top: walk.scroll.y, left: walk.scroll.x, behavior: "instant" });
  return local.filter((target) => !target.tested).length;
}

function collectTargets(walk, limits) {
  const targets = [];
  for (const node of walk.nodes) {
    const { el } = node;
    if (targets.length >= limits.targets) break;
    if (node.hidden || !el.matches(PRESSABLE) || !walk.visible(node)) continue;
    const box = walk.box(node);
    if (!box || node.style.pointerEvents === "none") continue;
    targets.push({
      node,
      facts: {
        selector: walk.selector(el),
        tag: el.localName,
        role: cut(el.getAttribute("role") || "", 40),
        name: /^(input|select|textarea)$/.test(el.localName) && !/^(submit|button|reset|image)$/.test(el.type) ? labelOf(el) : nameOf(el),
        box,
        inline: isInline(node),
        native: isNative(el, node.style),
        hit: Boolean(node.frame),
        disabled: Boolean(el.disabled) || el.getAttribute("aria-disabled") === "true",
        region: regionAt(node, walk),
        href: el.hasAttribute("href") ? cut(el.getAttribute("href"), 2000) : null,
      },
    });
  }
  const untested = testHits(walk, targets, limits);
  const known = targets.filter((target) => target.tested || target.node.frame);
  return { items: known.map((target) => target.facts), untested };
}
