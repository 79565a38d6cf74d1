// The main picture when it is pointed at, pressed, or another colour is chosen. Only colours are pressed from here.

function picturesInView() {
  const found = new Map();
  for (const el of document.querySelectorAll("img, canvas, video, [class*=zoom], [class*=lens], [class*=magnif], [style*=background]")) {
    if (found.size > 400) break;
    const r = el.getBoundingClientRect();
    if (r.width < 80 || r.height < 80 || r.bottom < 0 || r.top > innerHeight || r.right < 0 || r.left > innerWidth || !el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    let edge = Math.max(r.width, r.height), file = 0, source = "";
    if (el.localName === "img") { file = Math.max(el.naturalWidth, el.naturalHeight); source = el.currentSrc; }
    else if (el.localName === "canvas") file = Math.max(el.width, el.height);
    else {
      const style = getComputedStyle(el);
      if (!style.backgroundImage.includes("url(")) continue;
      source = style.backgroundImage;
      const sizes = style.backgroundSize.match(/([\d.]+)(px|%)/g) || [];
      for (const size of sizes) edge = Math.max(edge, size.endsWith("%") ? (parseFloat(size) / 100) * r.width : parseFloat(size));
      file = edge;
    }
    found.set(el, { edge, file, key: source + " " + Math.round(edge) });
  }
  return found;
}

async function readyToZoom(ms) {
  const main = mainPicture(new Walk({ elements: 30000, walk_ms: 2000 }));
  if (!main) return null;
  main.el.scrollIntoView({ block: "center", behavior: "instant" });
  await Promise.race([main.el.decode().catch(() => null), new Promise((resolve) => setTimeout(resolve, ms))]);
  globalThis.auditorMain = main.el;
  globalThis.auditorLoaded = new Set(document.images);
  const r = main.el.getBoundingClientRect();
  globalThis.auditorSeen = picturesInView();
  const facts = { selector: globalThis.auditorWalk.selector(main.el), shown_px: Math.max(r.width, r.height), file_px: Math.max(main.el.naturalWidth, main.el.naturalHeight) };
  const named = readSrcset(main.el.srcset).find((one) => one.url === main.el.currentSrc);
  if (named && named.width) facts.file_px = Math.max(facts.file_px, Math.round(named.width * Math.max(1, main.el.naturalHeight / main.el.naturalWidth)));
  return { ...facts, x: (Math.max(0, r.left) + Math.min(innerWidth, r.right)) / 2, y: (Math.max(0, r.top) + Math.min(innerHeight, r.bottom)) / 2 };
}

// The largest picture that appeared or grew, once it is ``enough`` times as large as before or the time is over.
async function zoomSeen(before, enough, ms) {
  const started = performance.now();
  // A larger file that was asked for just now is waited for a while longer.
  const over = () => performance.now() - started > ([...document.images].some((one) => !one.complete && !globalThis.auditorLoaded.has(one)) ? 4 * ms : ms);
  let best = { view_px: 0, view_file_px: 0 };
  for (;;) {
    for (const [el, now] of picturesInView()) {
      const known = globalThis.auditorSeen.get(el);
      if ((known && known.key === now.key) || now.edge < 0.9 * before.shown_px) continue;
      if (now.edge > best.view_px || now.file > best.view_file_px) best = { view_px: Math.max(best.view_px, now.edge), view_file_px: Math.max(best.view_file_px, Math.round(now.file)) };
    }
    const larger = best.view_px >= enough * before.shown_px || best.view_file_px >= enough * before.file_px;
    if (larger || over()) return best;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function paintOf(el) {
  for (const one of [el, ...(el.labels || []), el.nextElementSibling, ...el.querySelectorAll("*"), ...[...(el.labels || [])].flatMap((label) => [...label.querySelectorAll("*")])].slice(0, 20)) {
    if (!one) continue;
    const style = getComputedStyle(one), r = one.getBoundingClientRect();
    if (r.width < 8 || r.width > 80 || r.height < 8 || r.height > 80) continue;
    if (style.backgroundColor !== "rgba(0, 0, 0, 0)" && !squeeze(one.textContent)) return style.backgroundColor;
  }
  return "";
}

function groupLabel(el, field) {
  const set = el.closest("fieldset, [role=radiogroup], [role=listbox], [role=group], [aria-label], [aria-labelledby]");
  const legend = set && set.querySelector("legend");
  const words = [legend ? textOf(legend, 80) : "", set ? nameOf(set, 80) : "", field];
  let before = el;
  for (let up = 0; up < 4 && before; up++, before = before.parentElement) {
    const sibling = before.previousElementSibling;
    if (sibling && !sibling.matches("input, select, button")) { words.push(textOf(sibling, 60)); break; }
  }
  return cut(squeeze(words.filter(Boolean).join(" · ")), 240);
}

// The choice that is in force, by its state or by what its class and that of its list item say.
function isChosen(el) {
  if (el.checked || ["aria-checked", "aria-pressed", "aria-selected"].some((name) => el.getAttribute(name) === "true")) return true;
  const item = el.closest("li");
  return [el, item && item.querySelectorAll("button, a, input, [role]").length < 2 ? item : null].some((one) => one && /(?:^|[\s_-])(?:is-)?(?:selected|active|current|checked|chosen)(?:$|[\s_-])/i.test(String(one.getAttribute("class") || "")));
}

// Groups of choices around the button that sells: radio buttons, lists to choose from, rows of pressable swatches.
function colourGroups() {
  const walk = globalThis.auditorWalk, groups = new Map();
  const place = (el) => walk.byElement.get(el);
  const within = (node) => node && !/^(header|nav|footer|aside|dialog)$/.test(regionAt(node, walk)) && (node.box || walk.rect(node)).top < 2.5 * innerHeight;
  for (const node of walk.nodes) {
    const { el } = node;
    if (groups.size > 12 || !within(node)) continue;
    let key = null, field = "";
    if (el.localName === "input" && el.type === "radio" && el.name) { key = "radio " + el.name; field = el.name; }
    else if (el.localName === "select" && !node.hidden && el.options.length < 60) { key = el; field = el.name + " " + labelOf(el); }
    else if ((el.localName === "button" || /^(radio|option|button)$/.test(el.getAttribute("role") || "")) && !node.hidden && el.type !== "submit" && el.parentElement) {
      const row = el.parentElement.localName === "li" ? el.parentElement.parentElement : el.parentElement;
      if (row && !row.closest("[class*=thumb], [class*=gallery], [class*=carousel], [class*=quantity], [class*=qty]")) key = row;
    }
    if (!key) continue;
    if (!groups.has(key)) groups.set(key, { field, options: [] });
    const group = groups.get(key);
    if (el.localName === "select") for (const option of el.options) group.options.push({ el: option, name: squeeze(option.textContent), on: option.selected, off: option.disabled || !option.value });
    else group.options.push({ el, name: labelOf(el) || nameOf(el), on: isChosen(el), off: Boolean(el.disabled) || el.getAttribute("aria-disabled") === "true" });
  }
  globalThis.auditorGroups = [...groups.values()].filter((group) => group.options.length >= 2 && group.options.length <= 40);
  return globalThis.auditorGroups.map((group) => {
    const first = group.options[0].el.localName === "option" ? group.options[0].el.closest("select") : group.options[0].el;
    return { selector: walk.selector(first), label: groupLabel(first, group.field), names: group.options.map((one) => cut(one.name, 60)), paints: group.options.map((one) => (one.el.localName === "option" ? "" : paintOf(one.el))) };
  });
}

function mainAddress(point) {
  for (const el of document.elementsFromPoint(point.x, point.y)) {
    if (el.localName === "img") return el.currentSrc || el.src;
    const painted = /url\("((?:[^"\\]|\\.)*)"\)/.exec(getComputedStyle(el).backgroundImage);
    if (painted && el.getBoundingClientRect().width < 0.9 * innerWidth) return painted[1];
    const inner = el.localName === "picture" || /gallery|slide|image|picture/.test(String(el.className)) ? el.querySelector("img") : null;
    if (inner && inner.checkVisibility()) return inner.currentSrc || inner.src;
  }
  return "";
}

async function chooseColour(index, number, ms) {
  const option = globalThis.auditorGroups[index].options[number];
  // The picture that was pressed may still lie open above the main one.
  let main = globalThis.auditorMain;
  if (!main || !main.isConnected || !main.checkVisibility()) main = (mainPicture(new Walk({ elements: 30000, walk_ms: 2000 })) || {}).el;
  if (!main) return null;
  main.scrollIntoView({ block: "center", behavior: "instant" });
  const r = main.getBoundingClientRect();
  const point = { x: (Math.max(0, r.left) + Math.min(innerWidth - 1, r.right)) / 2, y: (Math.max(0, r.top) + Math.min(innerHeight - 1, r.bottom)) / 2 };
  await Promise.race([main.decode().catch(() => null), new Promise((resolve) => setTimeout(resolve, ms))]);
  // A gallery either gives its element another file or slides another element to its place.
  const own = () => main.currentSrc || main.src;
  const at = mainAddress(point), before = own();
  const now = () => (own() !== before || mainAddress(point) === at ? own() : mainAddress(point));
  if (option.el.localName === "option") {
    const select = option.el.closest("select");
    select.value = option.el.value;
    for (const kind of ["input", "change"]) select.dispatchEvent(new Event(kind, { bubbles: true }));
  } else option.el.click();
  const deadline = performance.now() + ms;
  let after = before;
  while (after === before && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    after = now();
  }
  return { name: cut(option.name, 60), before: cut(before, 2000), after: cut(after, 2000) };
}

function coloursLeft(index) {
  return globalThis.auditorGroups[index].options.map((one, number) => (one.on || one.off ? -1 : number)).filter((number) => number >= 0);
}

function textAt(selector) {
  const found = selector.includes(">>>") ? null : document.querySelector(selector);
  return found ? cut(squeeze(found.textContent), 400) : null;
}
