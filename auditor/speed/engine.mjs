// Judges traces with Chrome's own engine: a line of JSON in, a line of JSON out, one at a time, until input ends.
// Arguments: the folder node_modules that holds the engine, and the most bytes a trace may unpack to.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { painted, reduced } from "./reduced.mjs";
import { steadyPaints } from "./steady_paints.mjs";

const [modules, mostBytes] = process.argv.slice(2);
const MOST_FRAMES = 60;
// Standard output is the protocol's alone.
console.log = console.info = console.debug = console.warn = console.error;

// The engine is made for a browser, and asks it for this one class.
globalThis.DOMRect ??= class DOMRect {
  constructor(x = 0, y = 0, width = 0, height = 0) { Object.assign(this, { x, y, width, height }); }
  static fromRect({ x, y, width, height } = {}) { return new DOMRect(x, y, width, height); }
  get left() { return Math.min(this.x, this.x + this.width); }
  get right() { return Math.max(this.x, this.x + this.width); }
  get top() { return Math.min(this.y, this.y + this.height); }
  get bottom() { return Math.max(this.y, this.y + this.height); }
};

const load = (path) => import(pathToFileURL(join(modules, "@paulirish/trace_engine/models/trace", path)).href);
const [Trace, Lantern] = await Promise.all([load("trace.js"), load("lantern/lantern.js")]);
const { TraceProcessor } = Trace.Processor;

// The simulation is made once for all insights, and only they get to see it: so one insight of ours takes it along.
let simulation = null, steady = null;
const runners = TraceProcessor.getInsightRunners();
TraceProcessor.getInsightRunners = () => ({
  ...runners,
  Simulation: { generateInsight: (_data, context) => { if (context.lantern) simulation = context.lantern; return {}; } },
});

function eventsOf(path) {
  const body = readFileSync(path);
  const packed = body[0] === 0x1f && body[1] === 0x8b;
  if (!packed && body.length > mostBytes) throw new RangeError("too large");
  return JSON.parse(packed ? gunzipSync(body, { maxOutputLength: Number(mostBytes) }) : body).traceEvents;
}

async function judged({ trace, profile, dpr }) {
  const events = eventsOf(trace);
  // Nobody touches the page during a timed load: what Chrome takes for input is the setting of the viewport.
  for (const { name, args } of events) if (name === "LayoutShift" && args.data) args.data.had_recent_input = false;
  const processor = TraceProcessor.createWithAllHandlers();
  simulation = null;
  Trace.Helpers.SyntheticEvents.SyntheticEventsManager.reset();
  Trace.Helpers.SyntheticEvents.SyntheticEventsManager.createAndActivate(events);
  const profiles = Lantern.Simulation.Constants.throttling;
  const throttling = profiles[profile];
  if (!throttling) throw new Error(`the engine knows no device ${profile}`);
  await processor.parse(events, { lanternSettings: { throttlingMethod: "simulate", throttling }, metadata: { hostDPR: dpr } });
  steady = steadyOf(processor);
  return { ...reduced(Trace, processor, simulation, steady), frames: frames(processor) };
}

// An estimate of ours that fails costs no trace: Lantern's remains.
function steadyOf(processor) {
  try {
    return steadyPaints(Lantern, simulation, painted(processor));
  } catch {
    return null;
  }
}

// Milliseconds since the navigation, and the picture; evenly thinned out.
function frames({ data, insights }) {
  const start = [...insights.values()].filter((one) => one.navigation).at(-1)?.navigation.ts;
  const { legacySyntheticScreenshots, screenshots } = data.Screenshots;
  const all = (legacySyntheticScreenshots?.length ? legacySyntheticScreenshots : screenshots ?? []).filter((one) => one.ts >= start);
  const step = Math.max(1, all.length / MOST_FRAMES);
  const taken = new Set(Array.from({ length: Math.min(all.length, MOST_FRAMES) }, (_, place) => all[Math.floor(place * step)]));
  if (all.length) taken.add(all.at(-1));
  return [...taken].map((one) => [(one.ts - start) / 1000, one.args.dataUri?.split(",")[1] ?? one.args.snapshot]);
}

// What the frames of the last trace were found to show, put into its simulation: with its first paint and the steady one.
function simulatedIndex(observedSpeedIndex) {
  if (!simulation) return null;
  const { graph, simulator, metrics } = simulation;
  const after = (fcpResult) => Lantern.Metrics.SpeedIndex.compute({ graph, simulator }, { fcpResult, observedSpeedIndex }).timing;
  const found = [metrics.firstContentfulPaint, steady?.firstPaint].map((paint) => paint && after(paint));
  return found.map((one) => one === undefined ? null : Math.round(one * 10) / 10);
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  let answer;
  try {
    answer = { id: asked.id, result: asked.trace ? await judged(asked) : simulatedIndex(asked.speed_index) };
  } catch (error) {
    answer = { id: asked.id, error: `${error?.message ?? error}`.slice(0, 300) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
