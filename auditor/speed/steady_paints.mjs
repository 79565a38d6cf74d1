// Lantern lets a paint wait for every file that was over before it. Near the shop that is a race: a script at the end of
// the page, a font or a picture wins it in one load and loses it in the next. These estimates take Lantern's simulator
// and its choice of files, but tell apart what a paint waits for from what was asked for before it and only shares the
// network with that. Whether a page paints without the files that raced is for the lane to try.
const MOST_RACED = 60;
const isNetwork = (node) => node.type === "network";
const isPicture = (node) => node.request.resourceType === "Image";
const isWeb = (node) => /^https?:/.test(node.request.url);

// What Chrome says that it holds back the first paint for; older browsers do not say.
function holdsBack(node) {
  if (node.isMainDocument()) return true;
  const said = node.rawRequest?.args?.data?.renderBlocking;
  if (said === undefined) return node.hasRenderBlockingPriority() && node.initiatorType !== "script";
  return isSaidToHoldBack(said, node.request.resourceType);
}

// A script in the body holds back what comes after it, and no paint of what comes before.
export function isSaidToHoldBack(said, type) {
  return said === "blocking" || (said === "in_body_parser_blocking" && type === "Stylesheet");
}

function idsOf(graph) {
  const ids = new Set();
  graph.traverse(({ id }) => { ids.add(id); });
  return ids;
}

// The nodes of Lantern's graph that the paint needs, each with all that it waits for: no task that waits for another file.
function neededOf(graph, isNeeded) {
  const waits = new Set();
  graph.traverse((node) => {
    if (isNetwork(node) && !isNeeded(node)) node.traverse(({ id }) => { waits.add(id); });
  });
  return idsOf(graph.cloneWithRelationships((node) => (isNetwork(node) ? isNeeded(node) : !waits.has(node.id))));
}

// When the last of the needed nodes ends, while those that compete were asked for by the time of the paint.
function endOf(simulation, needed, paintedAt, competes) {
  const { graph, simulator } = simulation;
  const isIn = (node) => needed.has(node.id) || (isNetwork(node) && node.startTime <= paintedAt && competes(node));
  const { nodeTimings } = simulator.simulate(graph.cloneWithRelationships(isIn), {});
  return Math.max(...[...nodeTimings].filter(([node]) => needed.has(node.id)).map(([, { endTime }]) => endTime));
}

// ``painted``: the observed paints, and the address of the largest picture, null for text. In ms; null where there is no
// simulation. ``raced``: files that Lantern counts and the paints do not need; ``awaited``: scripts that they need.
export function steadyPaints(Lantern, simulation, painted) {
  if (!simulation) return null;
  const { graph, simulator, metrics } = simulation;
  const { firstContentfulPaint: first, largestContentfulPaint: largest } = metrics;
  const isUrgent = (node) => node.hasRenderBlockingPriority();
  const firstNeeds = neededOf(first.optimisticGraph, holdsBack);
  const fcp = [(node) => isUrgent(node) && node.initiatorType !== "script", isUrgent].map((competes) =>
    endOf(simulation, firstNeeds, painted.fcp, competes));
  const isLargest = (node) => isPicture(node) && node.request.url === painted.lcpUrl;
  const largestNeeds = neededOf(largest.pessimisticGraph, (node) => holdsBack(node) || isLargest(node));
  const { isNotLowPriorityImageNode } = Lantern.Metrics.LargestContentfulPaint;
  const lcp = [isNotLowPriorityImageNode, () => true].map((competes) =>
    endOf(simulation, largestNeeds, painted.lcp, competes));
  const mean = ([optimistic, pessimistic]) => (optimistic + pessimistic) / 2;
  const firstPaint = { timing: mean(fcp), optimisticEstimate: { timeInMs: fcp[0] }, pessimisticEstimate: { timeInMs: fcp[1] } };
  const blocking = Lantern.Metrics.TotalBlockingTime.compute(
    { graph, simulator }, { fcpResult: firstPaint, interactiveResult: metrics.interactive });
  const raced = new Set(), awaited = new Set();
  for (const [counted, needed] of [[first.pessimisticGraph, firstNeeds], [largest.pessimisticGraph, largestNeeds]]) {
    counted.traverse((node) => {
      if (!isNetwork(node) || isPicture(node) || !isWeb(node)) return;
      if (!needed.has(node.id)) raced.add(node.request.url);
      else if (node.request.resourceType === "Script") awaited.add(node.request.url);
    });
  }
  return {
    firstPaint, fcp: firstPaint.timing, lcp: Math.max(firstPaint.timing, mean(lcp)), tbt: blocking.timing,
    raced: [...raced].slice(0, MOST_RACED), awaited: [...awaited].slice(0, MOST_RACED),
  };
}
