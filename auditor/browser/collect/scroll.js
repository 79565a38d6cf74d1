// One slow scroll to the bottom and back, so that lazy pictures load and late shifts happen. Pinned layers are measured one
// viewport down. Bounded in steps and time.

const frame = () => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 0)); setTimeout(resolve, 250); });

function fontsReady(ms) {
  return Promise.race([document.fonts.ready.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), ms))]);
}

function pinnedLayers(limit) {
  const [width, height] = [document.documentElement.clientWidth, innerHeight];
  const columns = 12, rows = 40;
  const owner = new Map(), owners = new Map();
  // The outermost pinned element at or above an element; null where there is none.
  const pinnedAbove = (el) => {
    if (!el) return null;
    if (owner.has(el)) return owner.get(el);
    let found = pinnedAbove(el.parentElement || el.getRootNode().host || null);
    if (!found) {
      const position = getComputedStyle(el).position;
      if (position === "fixed" || (position === "sticky" && isStuck(el))) found = { el, position };
    }
    owner.set(el, found);
    return found;
  };
  let covered = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const el = document.elementFromPoint(((column + 0.5) * width) / columns, ((row + 0.5) * height) / rows);
      const layer = el && pinnedAbove(el);
      if (!layer) continue;
      covered++;
      const known = owners.get(layer.el) || { ...layer, cells: 0 };
      known.cells++;
      owners.set(layer.el, known);
    }
  }
  const layers = [...owners.values()].slice(0, limit).map(({ el, position, cells }) => {
    const r = el.getBoundingClientRect();
    const x = Math.max(0, r.left), y = Math.max(0, r.top);
    return {
      el,
      position,
      box: { x, y, width: Math.max(0, Math.min(width, r.right) - x), height: Math.max(0, Math.min(height, r.bottom) - y) },
      share: cells / (columns * rows),
      name: nameOf(el, 120),
      buttons: [...el.querySelectorAll("button, input[type=submit], [role=button], a")].slice(0, 20).map((one) => nameOf(one, 80) + " " + cut(one.getAttribute("class") || "", 80) + " " + cut(one.getAttribute("name") || "", 40)),
    };
  });
  return { layers, share: covered / (columns * rows) };
}

// A sticky element is a layer only while it is held against an edge, not where it lies in the flow.
function isStuck(el) {
  const style = getComputedStyle(el), r = el.getBoundingClientRect();
  const near = (edge, value) => style[edge] !== "auto" && Math.abs(value - parseFloat(style[edge])) <= 1.5;
  return near("top", r.top) || near("bottom", innerHeight - r.bottom);
}

async function slowScroll(options) {
  freezeTiming();
  const started = performance.now();
  const step = innerHeight * 0.9;
  const root = document.documentElement;
  let pinned = null, steps = 0, top = 0;
  const reach = () => Math.min(root.scrollHeight - innerHeight, options.height);
  scrollTo({ top: innerHeight, left: 0, behavior: "instant" });
  await frame();
  pinned = pinnedLayers(options.pinned);
  top = scrollY;
  while (top < reach() - 1 && steps < options.steps && performance.now() - started < options.ms) {
    top = Math.min(top + step, reach());
    scrollTo({ top, left: 0, behavior: "instant" });
    await frame();
    steps++;
  }
  const bottom = scrollY;
  scrollTo({ top: bottom / 2, left: 0, behavior: "instant" });
  await frame();
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  await frame();
  globalThis.auditorPinned = pinned;
  return { steps, reached: bottom, whole: top >= reach() - 1 };
}

function readPinned(walk) {
  const pinned = globalThis.auditorPinned;
  if (!pinned) return null;
  return { share: pinned.share, layers: pinned.layers.filter(({ el }) => el.isConnected).map(({ el, ...facts }) => ({ selector: walk.selector(el), ...facts })) };
}
