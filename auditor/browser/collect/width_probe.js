// Scrolls sideways for real, both ways (right-to-left pages have negative positions), and names what sticks out.
function probeWidth(limit, known) {
  const root = document.documentElement;
  const width = root.clientWidth;
  const before = scrollY;
  scrollTo({ left: 1e6, top: before, behavior: "instant" });
  const right = scrollX;
  scrollTo({ left: -1e6, top: before, behavior: "instant" });
  const left = scrollX;
  scrollTo({ left: 0, top: before, behavior: "instant" });
  // A script can scroll what shoppers cannot: the viewport takes its overflow from the root, else from the body.
  const told = [root, document.body].filter(Boolean).map((el) => getComputedStyle(el).overflowX).find((how) => how !== "visible");
  const moved = told === "hidden" || told === "clip" ? 0 : Math.max(Math.abs(right), Math.abs(left));
  const offenders = [];
  if (moved > 0) {
    const walk = new Walk({ elements: known.elements, walk_ms: known.walk_ms });
    const culprits = [];
    for (const node of walk.nodes) {
      if (node.hidden || node.scroller || node.el === root || node.el === document.body) continue;
      const r = overlap(walk.rect(node), node.own || node.clip);
      if (!hasArea(r) || r.bottom <= 0) continue;
      const overhang = Math.max(r.right - width, -r.left);
      if (overhang <= 1 || (getComputedStyle(root).direction === "ltr" && r.right <= width) || (getComputedStyle(root).direction === "rtl" && r.left >= 0)) continue;
      culprits.push({ node, overhang });
    }
    // The innermost element that sticks out as far as anything around it is the cause, its ancestors are not.
    const deepest = culprits.filter(({ node, overhang }) => !culprits.some((other) => other.node !== node && node.el.contains(other.node.el) && other.overhang >= overhang - 1));
    deepest.sort((a, b) => b.overhang - a.overhang);
    for (const { node, overhang } of deepest.slice(0, limit)) offenders.push({ selector: walk.selector(node.el), box: walk.box(node), overhang_px: Math.round(overhang * 10) / 10 });
  }
  return { viewport_px: width, document_px: root.scrollWidth, scrolled_px: Math.round(moved), offenders };
}
