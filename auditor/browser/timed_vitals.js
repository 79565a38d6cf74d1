// Follows the libraries web-vitals and timing_observer.js in the auditor's own world, before the page's scripts.
(() => {
  if (window !== window.top || globalThis.auditorVitals) return;
  const vitals = (globalThis.auditorVitals = { shift: { value: 0, worst: 0, node: null } });
  for (const name of ["onTTFB", "onFCP", "onLCP"]) {
    webVitals[name]((metric) => { vitals[metric.name] = metric; }, { reportAllChanges: true });
  }
  // Nobody touches the page during a timed load. But Chrome takes the setting of the viewport for input, and libraries
  // leave out what shifts within half a second of it: so shifts are added up here, in windows of 5 s with gaps of 1 s.
  let first = 0, last = 0, sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const at = entry.startTime;
      if (!sum || at - last > 1000 || at - first > 5000) { first = at; sum = 0; }
      last = at;
      sum += entry.value;
      vitals.shift.value = Math.max(vitals.shift.value, sum);
      if (entry.value > vitals.shift.worst) {
        const source = entry.sources.find((one) => one.node);
        Object.assign(vitals.shift, { worst: entry.value, node: source ? source.node : null });
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
})();
