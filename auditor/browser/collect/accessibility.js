function channels(colour) {
  const found = (colour.match(/^rgba?\(([^)]+)\)$/) || [])[1];
  const [r, g, b, a = 1] = found ? found.split(/[\s,/]+/).map(Number) : [NaN];
  return [r, g, b, a];
}

const over = (top, under) => [0, 1, 2].map((i) => top[3] * top[i] + (1 - top[3]) * under[i]);

function luminance(colour) {
  const [r, g, b] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// The contrast of a text that axe was not sure of, where only plain colours of its own ancestors lie behind it and nothing above.
function plainContrast(el) {
  const style = getComputedStyle(el), layers = [];
  let text = channels(style.color);
  if (text.some(Number.isNaN) || style.textShadow !== "none" || !squeeze(el.textContent)) return null;
  for (let at = el; at; at = at.parentElement) {
    const one = getComputedStyle(at);
    if (one.backgroundImage !== "none" || one.filter !== "none" || one.backdropFilter !== "none" || one.mixBlendMode !== "normal" || parseFloat(one.opacity) < 1) return null;
    const paint = channels(one.backgroundColor);
    if (paint.some(Number.isNaN)) return null;
    if (paint[3] > 0) layers.push({ at, paint });
    if (paint[3] === 1) break;
  }
  el.scrollIntoView({ block: "center", behavior: "instant" });
  const r = el.getBoundingClientRect();
  const stack = document.elementsFromPoint(r.left + r.width / 2, r.top + r.height / 2);
  const own = stack.findIndex((one) => one === el || el.contains(one)), last = layers.length ? layers[layers.length - 1].at : document.documentElement;
  const behind = stack.slice(own, stack.indexOf(last) < 0 ? undefined : stack.indexOf(last) + 1);
  if (own !== 0 || behind.some((one) => !one.contains(el) && !el.contains(one))) return null;
  const ground = layers.reduceRight((under, layer) => over(layer.paint, under), [255, 255, 255]);
  text = over(text, ground);
  const [light, dark] = [luminance(text), luminance(ground)].sort((a, b) => b - a);
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
  return { ratio: Math.floor(100 * (light + 0.05) / (dark + 0.05)) / 100, least: large ? 3 : 4.5 };
}

// axe reads the document only. Frames are left out: axe would wait for an answer of itself inside them.
async function runAxe(options) {
  const outcome = await axe.run(document, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    resultTypes: ["violations", "incomplete"],
    iframes: false,
    preload: false,
    elementRef: true,
  });
  const walk = globalThis.auditorWalk;
  const from = scrollY;
  const unsure = (rule, node, index) => (rule === "color-contrast" && index < 20 && node.element && node.element.isConnected && plainContrast(node.element)) || {};
  const results = (list, doubted) => list.slice(0, options.results).map((result) => ({
    rule: result.id,
    impact: result.impact || null,
    help: cut(result.help, 300),
    help_url: cut(result.helpUrl, 300),
    tags: result.tags.slice(0, 20),
    nodes: result.nodes.slice(0, options.nodes).map((node, index) => ({
      selector: node.element && node.element.isConnected && walk ? walk.selector(node.element) : cut(node.target.flat().join(" >>> "), 500),
      html: cut(node.html, 300),
      summary: cut(node.failureSummary, 500),
      ...(doubted ? unsure(result.id, node, index) : {}),
    })),
  }));
  const found = { engine: `axe-core ${axe.version}`, violations: results(outcome.violations, false), incomplete: results(outcome.incomplete, true), passes: outcome.passes.length };
  scrollTo({ top: from, left: 0, behavior: "instant" });
  return found;
}
