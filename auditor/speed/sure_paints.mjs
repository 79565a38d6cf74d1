// Lantern counts every file that was over before a paint as needed for it. On a quick network that is a race: a script at
// the end of the page, or a font, may win it in one load and lose it in the next. These estimates leave out what Chrome
// itself does not let hold back the first paint; where they differ from Lantern's, a load shows either.
const isSoft = (node) =>
  node.type === "network" && node.request.resourceType === "Script" &&
  (node.initiatorType === "script" || !["blocking", undefined].includes(node.rawRequest?.args?.data?.renderBlocking));
const isFont = (node) => node.type === "network" && node.request.resourceType === "Font";

function without(graph, isLeftOut) {
  const scripts = new Set();
  graph.traverse((node) => { if (isSoft(node)) scripts.add(node.request.url); });
  const runs = (node) => node.type === "cpu" && [...node.getEvaluateScriptURLs()].some((url) => scripts.has(url));
  return graph.cloneWithRelationships((node) => !isLeftOut(node) && !runs(node));
}

// In ms. Null where there is no simulation.
export function surePaints(Lantern, simulation) {
  if (!simulation) return null;
  const { simulator, metrics: { firstContentfulPaint, largestContentfulPaint } } = simulation;
  const fcp = simulator.simulate(without(firstContentfulPaint.optimisticGraph, (node) => isSoft(node) || isFont(node)), {}).timeInMs;
  const estimates = [largestContentfulPaint.optimisticGraph, largestContentfulPaint.pessimisticGraph].map((graph) =>
    Lantern.Metrics.LargestContentfulPaint.getEstimateFromSimulation(simulator.simulate(without(graph, isSoft), {})).timeInMs);
  return { fcp, lcp: Math.max(fcp, (estimates[0] + estimates[1]) / 2) };
}
