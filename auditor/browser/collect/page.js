async function collectPage(limits) {
  const started = performance.now();
  const costs = {};
  const failed = {};
  const fail = (name, problem) => { failed[name] = cut(String(problem && problem.message), 200); return null; };
  const timed = (name, collect) => {
    const before = performance.now();
    try {
      return collect();
    } catch (problem) {
      return fail(name, problem);
    } finally {
      costs[name] = Math.round(performance.now() - before);
    }
  };
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  const walk = timed("walk", () => new Walk(limits));
  globalThis.auditorWalk = walk;
  const timing = timed("timing", () => readTiming(walk));
  const page = { failed, timing, pinned: timed("pinned", () => readPinned(walk)), document: timed("document", () => collectDocument(walk)) };
  page.links = timed("links", () => collectLinks(walk, limits));
  page.runs = timed("runs", () => collectRuns(walk, limits));
  page.texts = timed("texts", () => collectTexts(walk));
  page.prices = timed("prices", () => collectPrices(walk, limits));
  page.trails = timed("trails", () => collectTrails(walk, limits));
  page.controls = timed("controls", () => collectControls(walk, limits));
  page.gallery = limits.gallery ? timed("gallery", () => collectGallery(walk, limits)) || [] : [];
  page.targets = timed("targets", () => collectTargets(walk, limits));
  const before = performance.now();
  page.images = await collectImages(walk, limits).catch((problem) => fail("images", problem));
  costs.images = Math.round(performance.now() - before);
  page.html = cut(document.documentElement.outerHTML, limits.html);
  page.truncated = walk.truncated;
  page.elements = walk.nodes.length;
  costs.all = Math.round(performance.now() - started);
  page.costs = costs;
  return page;
}
