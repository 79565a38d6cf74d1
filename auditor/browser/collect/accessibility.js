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
  const results = (list) => list.slice(0, options.results).map((result) => ({
    rule: result.id,
    impact: result.impact || null,
    help: cut(result.help, 300),
    help_url: cut(result.helpUrl, 300),
    tags: result.tags.slice(0, 20),
    nodes: result.nodes.slice(0, options.nodes).map((node) => ({
      selector: node.element && node.element.isConnected && walk ? walk.selector(node.element) : cut(node.target.flat().join(" >>> "), 500),
      html: cut(node.html, 300),
      summary: cut(node.failureSummary, 500),
    })),
  }));
  return { engine: `axe-core ${axe.version}`, violations: results(outcome.violations), incomplete: results(outcome.incomplete), passes: outcome.passes.length };
}
