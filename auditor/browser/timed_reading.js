// What a timed load measured so far.
(() => {
  const vitals = globalThis.auditorVitals, seen = globalThis.auditorTiming;
  const navigation = performance.getEntriesByType("navigation")[0];
  const value = (name) => (vitals && vitals[name] ? vitals[name].value : null);
  const word = (name, key) => (vitals && vitals[name] && vitals[name].attribution[key]) || null;
  const tasks = seen ? seen.tasks : [];
  const last = tasks.length ? tasks[tasks.length - 1] : [0, 0];
  const path = [];
  for (let node = vitals && vitals.shift.node; node && node.nodeType !== 9 && path.length < 5; node = node.parentNode) {
    if (node.nodeType !== 1) continue;
    path.unshift(node.id ? `#${CSS.escape(node.id)}` : node.localName + [...node.classList].slice(0, 2).map((name) => `.${CSS.escape(name)}`).join(""));
    if (node.id) break;
  }
  return {
    status: navigation ? navigation.responseStatus : 0,
    observed: Boolean(seen && vitals),
    ttfb_ms: value("TTFB"), fcp_ms: value("FCP"), lcp_ms: value("LCP"), cls: vitals ? vitals.shift.value : null,
    lcp_selector: word("LCP", "target"), lcp_url: word("LCP", "url"), cls_selector: path.join(" > ") || null,
    load_ms: navigation && navigation.loadEventEnd > 0 ? navigation.loadEventEnd : null,
    tasks, since_task_ms: performance.now() - (last[0] + last[1]),
  };
})()
