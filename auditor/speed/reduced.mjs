import { isSaidToHoldBack } from "./steady_paints.mjs";

// From the engine's models, which hold the whole trace, to the few facts of auditor/evidence/speed.py.
const MOST_CAUSES = 20;
const MOST_FETCHED = 40;
const cut = (text) => String(text ?? "").slice(0, 2000);
const milli = (micro) => rounded(micro / 1000);
const rounded = (value) => (Number.isFinite(value) ? Math.round(value * 10) / 10 : null);

// The page itself is the last document that was opened: the others are where it sent the browser away.
const pageOf = ({ insights }) => [...insights.values()].filter((one) => one.navigation && /^https?:$/.test(one.url.protocol)).at(-1);

// The observed paints in µs of the trace, and the address of the largest picture, null for text.
export function painted(processor) {
  const set = pageOf(processor);
  const scores = processor.data.PageLoadMetrics.metricScoresByFrameId.get(set.frameId).get(set.navigation);
  const at = (name) => set.navigation.ts + scores.get(name).timing;
  return { fcp: at("FCP"), lcp: at(scores.has("LCP") ? "LCP" : "FCP"), lcpUrl: set.model.LCPBreakdown?.lcpRequest?.args.data.url ?? null };
}

export function reduced(Trace, processor, simulation, steady) {
  const { data } = processor;
  const set = pageOf(processor);
  if (!set) throw new Error("the trace holds no navigation");
  const owner = owners(Trace, data, set);
  const lcp = set.model.LCPBreakdown ?? {};
  const request = data.NetworkRequests.byId.get(set.navigation.args.data.navigationId);
  const files = data.NetworkRequests.byTime.filter((one) => one.ts >= set.navigation.ts && /^https?:/.test(one.args.data.url));
  return {
    url: cut(set.url.href),
    observed: observed(data, set),
    simulated: simulated(simulation, steady), raced: (steady?.raced ?? []).map(cut), awaited: (steady?.awaited ?? []).map(cut),
    lcp_element: lcp.lcpEvent?.args?.data?.nodeName ? cut(lcp.lcpEvent.args.data.nodeName) : null,
    lcp_url: lcp.lcpRequest ? cut(lcp.lcpRequest.args.data.url) : null,
    phases: phases(lcp.subparts),
    server_ms: request ? rounded(set.model.DocumentLatency?.data?.serverResponseTime) : null,
    insights: Object.entries(set.model).filter(([name]) => name !== "Simulation").map(([name, model]) => insight(name, model, owner, data)),
    fetched: fetched(files, set.navigation.ts, lcp.lcpRequest, owner), fetched_in_all: files.length,
    failed: Object.fromEntries(Object.entries(set.modelErrors).map(([name, error]) => [name, cut(error?.message ?? error)])),
  };
}

// The name of the third party that serves a file, or "shop".
function owners(Trace, data, set) {
  const mappings = data.NetworkRequests.entityMappings;
  const entity = (url) => Trace.Handlers.Helpers.getEntityForUrl(url, mappings);
  const own = entity(set.url.href);
  return (url) => {
    const found = url ? entity(url) : null;
    return !found || found === own || found.name === own?.name ? "shop" : cut(found.name);
  };
}

function observed(data, set) {
  const names = { FCP: "fcp", LCP: "lcp", DCL: "dcl", L: "load" };
  const scores = data.PageLoadMetrics.metricScoresByFrameId.get(set.frameId)?.get(set.navigation) ?? new Map();
  return Object.fromEntries([...scores].filter(([name]) => names[name]).map(([name, score]) => [names[name], milli(score.timing)]));
}

function simulated(lantern, steady) {
  if (!lantern) return null;
  const { firstContentfulPaint, largestContentfulPaint, totalBlockingTime, interactive } = lantern.metrics;
  const values = {
    fcp_ms: rounded(firstContentfulPaint.timing), lcp_ms: rounded(largestContentfulPaint.timing),
    tbt_ms: rounded(totalBlockingTime.timing), tti_ms: rounded(interactive.timing),
  };
  if (Object.values(values).includes(null)) return null;
  const { fcp, lcp, tbt } = steady ?? {};
  return { ...values, steady_fcp_ms: rounded(fcp), steady_lcp_ms: rounded(lcp), steady_tbt_ms: rounded(tbt) };
}

// The document, what holds back the first paint, the largest picture, and then the largest files.
function fetched(files, start, lcpRequest, owner) {
  const isBlocking = ({ args }) => isSaidToHoldBack(args.data.renderBlocking, args.data.resourceType);
  const weight = (one) => (one === files[0] || one === lcpRequest ? 2 : isBlocking(one) ? 1 : 0);
  const telling = [...files].sort((a, b) => weight(b) - weight(a) || sent(b) - sent(a)).slice(0, MOST_FETCHED);
  return telling.sort((a, b) => a.ts - b.ts).map((one) => {
    const { url, resourceType, priority, syntheticData } = one.args.data;
    const answered = syntheticData.downloadStart - start;
    return {
      url: cut(url), owner: owner(url), type: cut(resourceType), start_ms: milli(one.ts - start),
      first_byte_ms: answered > 0 ? milli(answered) : null, end_ms: milli(one.ts + one.dur - start),
      bytes: rounded(sent(one)) ?? 0, blocking: isBlocking(one), priority: cut(priority),
    };
  });
}

function phases(parts) {
  if (!parts) return null;
  const span = (part) => (part ? milli(part.range) : null);
  return { ttfb_ms: span(parts.ttfb), load_delay_ms: span(parts.loadDelay), load_ms: span(parts.loadDuration), render_delay_ms: span(parts.renderDelay) };
}

function insight(name, model, owner, data) {
  const savings = {};
  for (const [metric, value] of Object.entries(model.metricSavings ?? {})) {
    if (Number.isFinite(value)) savings[metric.toLowerCase()] = Math.round(value * 1e4) / 1e4;
  }
  const found = (CAUSES[name]?.(model, data) ?? []).map((cause) => ({ owner: owner(cause.url), ...cause, url: cut(cause.url) }));
  found.sort((a, b) => (b.wasted_ms ?? 0) - (a.wasted_ms ?? 0) || (b.wasted_bytes ?? 0) - (a.wasted_bytes ?? 0));
  return {
    name, state: model.state, savings, wasted_bytes: rounded(model.wastedBytes), facts: defined(FACTS[name]?.(model) ?? {}),
    causes: found.slice(0, MOST_CAUSES).map((cause) => ({ ...cause, facts: defined(cause.facts ?? {}) })), causes_in_all: found.length,
  };
}

function defined(facts) {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined && value === value).map(
    ([name, value]) => [name, typeof value === "string" ? cut(value) : typeof value === "number" ? rounded(value) : value]).filter(([, value]) => value !== null));
}

const checked = (list) => Object.fromEntries(Object.entries(list ?? {}).map(([name, item]) => [name, item.value]));
const sent = (request) => request.args.data.encodedDataLength;

const FACTS = {
  DocumentLatency: ({ data }) => (data ? {
    server_ms: data.serverResponseTime, redirects_ms: data.redirectDuration, uncompressed_bytes: data.uncompressedResponseBytes,
  } : {}),
  LCPDiscovery: (model) => checked(model.checklist),
  DOMSize: (model) => {
    const stats = model.maxDOMStats?.args?.data;
    return stats ? { elements: stats.totalElements, children: stats.maxChildren?.numChildren, depth: stats.maxDepth?.depth } : {};
  },
  NetworkDependencyTree: (model) => ({ longest_ms: model.maxTime / 1000 }),
  CLSCulprits: (model) => ({ worst: model.worstCluster?.clusterCumulativeScore }),
};

const CAUSES = {
  RenderBlocking: (model) => model.renderBlockingRequests.map((request) => ({
    url: request.args.data.url, wasted_ms: rounded(model.requestIdToWastedMs?.get(request.args.data.requestId)),
    facts: {
      bytes: sent(request), type: request.args.data.resourceType,
      in_body: !isSaidToHoldBack(request.args.data.renderBlocking, request.args.data.resourceType),
    },
  })),
  LCPDiscovery: (model) => (model.lcpRequest ? [{ url: model.lcpRequest.args.data.url }] : []),
  ImageDelivery: (model) => model.optimizableImages.map(({ request, byteSavings, optimizations }) => {
    const size = optimizations.find((one) => one.fileDimensions);
    return {
      url: request.args.data.url, wasted_bytes: rounded(byteSavings),
      facts: {
        bytes: sent(request), how: optimizations.map((one) => one.type.toLowerCase()).join(" "),
        file: size && `${Math.round(size.fileDimensions.width)}×${Math.round(size.fileDimensions.height)}`,
        shown: size && `${Math.round(size.displayDimensions.width)}×${Math.round(size.displayDimensions.height)}`,
      },
    };
  }),
  ThirdParties: (model) => model.entitySummaries.filter((one) => one.entity !== model.firstPartyEntity).map((one) => ({
    url: "", owner: one.entity.name, wasted_ms: rounded(one.mainThreadTime), wasted_bytes: rounded(one.transferSize),
  })),
  LegacyJavaScript: (model) => [...model.legacyJavaScriptResults].map(([script, { matches, estimatedByteSavings }]) => ({
    url: script.url ?? script.request?.args.data.url, wasted_bytes: rounded(estimatedByteSavings),
    facts: { what: [...new Set(matches.map((match) => match.name))].slice(0, 6).join(", ") },
  })),
  DuplicatedJavaScript: (model) => [...(model.duplicationGroupedByNodeModules ?? new Map())].map(([name, { duplicates, estimatedDuplicateBytes }]) => ({
    url: duplicates[0]?.script.url, wasted_bytes: rounded(estimatedDuplicateBytes), facts: { what: name },
  })),
  FontDisplay: (model) => model.fonts.map((font) => ({
    url: font.request.args.data.url, wasted_ms: rounded(font.wastedTime), facts: { family: font.name, display: font.display },
  })),
  Cache: (model) => model.requests.map(({ request, ttl, wastedBytes }) => ({
    url: request.args.data.url, wasted_bytes: rounded(wastedBytes), facts: { kept_s: ttl, bytes: sent(request) },
  })),
  ForcedReflow: (model) => model.aggregatedBottomUpData.map(({ bottomUpData, totalTime }) => ({
    url: bottomUpData?.url ?? "", wasted_ms: milli(totalTime),
    facts: { function: bottomUpData?.functionName, line: bottomUpData ? bottomUpData.lineNumber + 1 : null },
  })),
  CLSCulprits: (model) => (model.topCulpritsByCluster.get(model.worstCluster) ?? []).map((culprit) => ({
    url: culprit.url ?? "", facts: { what: ["web font", "injected frame", "animation", "picture without size"][culprit.type] },
  })),
  ModernHTTP: (model) => model.http1Requests.map((request) => ({
    url: request.args.data.url, facts: { protocol: request.args.data.protocol },
  })),
  NetworkDependencyTree: (model) => (model.preconnectCandidates ?? []).map(({ origin, wastedMs }) => ({
    url: origin, wasted_ms: rounded(wastedMs), facts: { what: "preconnect" },
  })),
};
