// Runs in the auditor's own world before the page's scripts; the page cannot see or change it.
(() => {
  if (window !== window.top || globalThis.auditorTiming) return;
  const seen = { lcp: null, fcp: null, shifts: [], tasks: [], events: [] };
  globalThis.auditorTiming = seen;
  const watch = (type, take, more) => {
    try {
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) take(entry); }).observe({ type, buffered: true, ...more });
    } catch {}
  };
  watch("largest-contentful-paint", (entry) => { seen.lcp = entry; });
  watch("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime; });
  // Chrome takes the setting of a phone's viewport for input; only after a real one may what moved be its answer.
  let touched = false;
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, (event) => { touched ||= event.isTrusted; }, { capture: true, passive: true });
  watch("layout-shift", (entry) => {
    if (!(entry.hadRecentInput && touched) && seen.shifts.length < 500) seen.shifts.push({ value: entry.value, at: entry.startTime, nodes: entry.sources.slice(0, 5).map((source) => source.node) });
  });
  watch("longtask", (entry) => { if (seen.tasks.length < 500) seen.tasks.push([entry.startTime, entry.duration]); });
  watch("event", (entry) => { if (entry.interactionId && seen.events.length < 200) seen.events.push([entry.interactionId, entry.duration]); }, { durationThreshold: 16 });
})();
