// Programmatic scrolling does not end the search for the largest paint, so it is ended here, before the slow scroll.
function freezeTiming() {
  const seen = globalThis.auditorTiming;
  if (seen && !seen.largest) seen.largest = { entry: seen.lcp, at: performance.now() };
}

function readTiming(walk) {
  const seen = globalThis.auditorTiming;
  const navigation = performance.getEntriesByType("navigation")[0];
  if (!navigation) return null;
  const lcp = seen ? (seen.largest ? seen.largest.entry : seen.lcp) : null;
  const name = (node) => {
    const el = node && (node.nodeType === 1 ? node : node.parentElement);
    try { return el && el.isConnected ? cut(walk.selector(el), 500) : null; } catch { return null; }
  };
  const positive = (value) => (value > 0 ? value : null);
  const interactions = new Map();
  for (const [id, duration] of seen ? seen.events : []) interactions.set(id, Math.max(duration, interactions.get(id) || 0));
  return {
    ttfb_ms: positive(navigation.responseStart),
    connect_ms: navigation.connectEnd - navigation.connectStart,
    dom_content_loaded_ms: positive(navigation.domContentLoadedEventEnd),
    load_ms: positive(navigation.loadEventEnd),
    fcp_ms: seen ? seen.fcp : null,
    lcp_ms: lcp ? lcp.startTime : null,
    lcp_selector: lcp ? name(lcp.element) : null,
    lcp_url: lcp && lcp.url ? cut(lcp.url, 2000) : null,
    shifts: seen ? seen.shifts.map((shift) => ({ value: shift.value, at_ms: shift.at, selectors: shift.nodes.map(name).filter(Boolean) })) : [],
    tasks: seen ? seen.tasks : [],
    interactions: [...interactions.values()],
    settled_ms: seen && seen.largest ? seen.largest.at : performance.now(),
    observed: Boolean(seen),
  };
}
