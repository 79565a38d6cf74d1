// One walk over the flat tree (open shadow roots, slots and same-origin frames included) that every collector reads.
// Coordinates are CSS pixels from the top left corner of the document, with the page scrolled to its top.

const SKIPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "HEAD", "META", "LINK", "TITLE", "BR", "WBR", "SOURCE"]);
const ALONE = new Set(["header", "nav", "main", "footer", "h1", "form", "dialog"]);
const EVERYWHERE = { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 };
const cut = (text, length) => (text || "").slice(0, length);
const squeeze = (text) => (text || "").replace(/\s+/g, " ").trim();
const overlap = (a, b) => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});
const hasArea = (r) => r.right - r.left >= 1 && r.bottom - r.top >= 1;

function childrenOf(el) {
  if (el.shadowRoot) return el.shadowRoot.children;
  if (el.localName === "slot") {
    const assigned = el.assignedElements();
    if (assigned.length) return assigned;
  }
  return el.children;
}

function isStableWord(word) {
  return word.length <= 40 && !/\d{3,}|[0-9a-f]{7,}|[:\\/[\]().%@!#,]|^\d/i.test(word) && !/^(css|sc|jsx|svelte|emotion|ember|react)-/.test(word)
    && !(/[a-z][A-Z]|_{2}/.test(word) && /_[A-Za-z0-9-]{5,}$/.test(word) && /\d/.test(word));
}

class Walk {
  constructor(limits) {
    this.limits = limits;
    this.nodes = [];
    this.byElement = new Map();
    this.signatures = new Map();
    // Many elements have the same classes.
    this.words = new Map();
    this.selectors = new Map();
    this.places = new Map();
    this.truncated = false;
    this.deadline = performance.now() + limits.walk_ms;
    this.scroll = { x: window.scrollX, y: window.scrollY };
    this.viewport = { left: 0, top: -1e9, right: document.documentElement.clientWidth, bottom: 1e9 };
    this.descend();
  }

  descend() {
    const root = document.documentElement;
    const start = { el: root, parent: null, hidden: false, clip: EVERYWHERE, absClip: EVERYWHERE, region: null, dx: this.scroll.x, dy: this.scroll.y, frame: "", scroller: false, struck: false, depth: 0 };
    const stack = [start];
    while (stack.length) {
      const node = stack.pop();
      if (this.nodes.length >= this.limits.elements || (this.nodes.length % 256 === 0 && performance.now() > this.deadline)) {
        this.truncated = true;
        return;
      }
      this.enter(node);
      const children = node.el.localName === "iframe" ? this.frameRoot(node) : childrenOf(node.el);
      for (let i = Math.min(children.length, this.limits.elements) - 1; i >= 0; i--) {
        const el = children[i];
        if (SKIPPED.has(el.tagName)) continue;
        stack.push({ el, parent: node, hidden: node.hidden, clip: node.inner, absClip: node.innerAbs, region: node.region, dx: node.dx, dy: node.dy, frame: node.frame, scroller: node.scroller, struck: node.struck, depth: node.depth + 1, ...(node.into || {}) });
      }
    }
  }

  frameRoot(node) {
    try {
      const root = node.el.contentDocument && node.el.contentDocument.documentElement;
      if (!root || node.hidden || node.frame.length > 200) return [];
      const box = node.el.getBoundingClientRect();
      const at = { x: box.left + node.el.clientLeft + node.dx, y: box.top + node.el.clientTop + node.dy };
      const clip = overlap(node.clip, { left: at.x, top: at.y, right: at.x + node.el.clientWidth, bottom: at.y + node.el.clientHeight });
      node.into = { dx: at.x, dy: at.y, frame: this.selector(node.el) + " >>> ", clip, absClip: clip };
      return [root];
    } catch {
      return [];
    }
  }

  enter(node) {
    const { el } = node;
    this.nodes.push(node);
    this.byElement.set(el, node);
    const signature = this.signature(el);
    this.signatures.set(signature, (this.signatures.get(signature) || 0) + 1);
    node.inner = node.clip;
    node.innerAbs = node.absClip;
    if (!node.hidden) {
      const style = getComputedStyle(el);
      node.style = style;
      node.position = style.position;
      if (style.display === "none" || style.opacity === "0" || style.contentVisibility === "hidden") node.hidden = true;
      else this.clipChildren(node, style);
      if (style.textDecorationLine.includes("line-through") || el.localName === "del" || el.localName === "s") node.struck = true;
    } else if (el.localName === "del" || el.localName === "s") node.struck = true;
    node.region = regionOf(node, this);
  }

  clipChildren(node, style) {
    const positioned = style.position !== "static" || style.transform !== "none";
    let own = style.position === "fixed" ? EVERYWHERE : style.position === "absolute" ? node.absClip : node.clip;
    node.own = own;
    if (style.position === "fixed") node.scroller = false;
    const gone = style.clipPath !== "none" && /^inset\((50|100)%|^circle\(0/.test(style.clipPath);
    if (gone || (style.position === "absolute" && /^rect\((0px|1px),? (0px|1px),? (0px|1px),? (0px|1px)\)$/.test(style.clip))) {
      node.hidden = true;
      return;
    }
    // The viewport takes over the overflow of html and body.
    const clips = (style.overflowX !== "visible" || style.overflowY !== "visible") && node.depth > 1 && style.display !== "inline" && style.display !== "contents";
    if (clips) {
      const r = this.rect(node);
      const sideways = /auto|scroll/.test(style.overflowX), downwards = /auto|scroll/.test(style.overflowY);
      if (!hasArea(overlap(own, r))) own = { left: 0, top: 0, right: 0, bottom: 0 };
      else {
        own = overlap(own, { left: sideways ? -1e9 : r.left, right: sideways ? 1e9 : r.right, top: downwards ? -1e9 : r.top, bottom: downwards ? 1e9 : r.bottom });
        if (sideways || downwards) node.scroller = true;
      }
    }
    node.inner = own;
    if (positioned) node.innerAbs = own;
  }

  rect(node) {
    if (node.box) return node.box;
    const r = node.el.getBoundingClientRect();
    return (node.box = { left: r.left + node.dx, top: r.top + node.dy, right: r.right + node.dx, bottom: r.bottom + node.dy });
  }

  // The rectangle of an element and, where it is inline or has none of its own (display: contents, floats), of what it holds.
  extent(node) {
    const own = this.rect(node);
    // The line box of an inline link is lower than the picture inside it, which is pressed just as well.
    const inline = node.style && node.style.display === "inline" && childrenOf(node.el).length > 0;
    if (hasArea(own) && !inline) return own;
    let sum = hasArea(own) ? own : null;
    for (const child of [...childrenOf(node.el)].slice(0, 8)) {
      const below = this.byElement.get(child);
      if (!below || below.hidden) continue;
      const r = this.rect(below);
      if (hasArea(r)) sum = sum ? { left: Math.min(sum.left, r.left), top: Math.min(sum.top, r.top), right: Math.max(sum.right, r.right), bottom: Math.max(sum.bottom, r.bottom) } : r;
    }
    return sum || own;
  }

  visible(node) {
    if (node.seen !== undefined) return node.seen;
    return (node.seen = this.isVisible(node));
  }

  isVisible(node) {
    if (node.hidden || !node.style || node.style.visibility !== "visible") return false;
    let r = overlap(this.extent(node), node.own || node.clip);
    if (!node.scroller) r = overlap(r, this.viewport);
    if (!hasArea(r) || r.bottom <= 0) return false;
    return !node.el.checkVisibility || node.style.display === "contents" || node.el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  box(node) {
    if (node.hidden) return null;
    const r = this.extent(node);
    if (r.right <= r.left || r.bottom <= r.top) return null;
    const round = (x) => Math.round(Math.max(-1e7, Math.min(1e7, x)) * 100) / 100;
    return { x: round(r.left), y: round(r.top), width: round(r.right - r.left), height: round(r.bottom - r.top) };
  }

  signature(el) {
    const key = `${el.localName} ${el.getAttribute("class") || ""}`;
    let known = this.words.get(key);
    if (known === undefined) {
      const words = [...el.classList].slice(0, 12).filter(isStableWord).slice(0, 2).map((word) => "." + CSS.escape(word));
      known = el.localName.replace(/[^\w-]/g, "\\$&") + words.join("");
      this.words.set(key, known);
    }
    return known;
  }

  // Unique by construction: a unique id or signature, or the parent's selector and what tells the element from its siblings.
  selector(el) {
    const known = this.selectors.get(el);
    if (known) return known;
    const node = this.byElement.get(el);
    let found = this.ownSelector(el);
    if (!found) {
      const parent = el.parentElement;
      const root = el.getRootNode();
      const above = parent ? this.selector(parent) + " > " : root.host ? this.selector(root.host) + " >>> " : (node && node.frame) || "";
      let part = this.signature(el);
      const place = this.placeAmong(parent ? parent.children : root.children || [], parent || root, el);
      if (place.same !== 1) part += `:nth-of-type(${place.index})`;
      found = above + part;
    }
    this.selectors.set(el, found);
    return found;
  }

  // Which of its kind an element is, and how many siblings share its signature; counted once per parent.
  placeAmong(siblings, parent, el) {
    let counted = this.places.get(parent);
    if (!counted) {
      counted = { index: new Map(), same: new Map() };
      const kinds = new Map();
      for (let i = 0; i < siblings.length && i < 20000; i++) {
        const one = siblings[i], signature = this.signature(one);
        kinds.set(one.localName, (kinds.get(one.localName) || 0) + 1);
        counted.index.set(one, kinds.get(one.localName));
        for (const part of new Set([signature, one.localName])) counted.same.set(part, (counted.same.get(part) || 0) + 1);
      }
      this.places.set(parent, counted);
    }
    return { index: counted.index.get(el) || 20001, same: counted.same.get(this.signature(el)) };
  }

  // Whether some element of the page lies in a region.
  has(region) {
    if (!this.regions) this.regions = new Set(this.nodes.map((node) => node.region));
    return this.regions.has(region);
  }

  ownSelector(el) {
    const node = this.byElement.get(el);
    const root = el.getRootNode();
    if (el.id && isStableWord(el.id) && root.querySelectorAll("#" + CSS.escape(el.id)).length === 1) {
      const above = root.host ? this.selector(root.host) + " >>> " : (node && node.frame) || "";
      return above + "#" + CSS.escape(el.id);
    }
    if (el.localName === "html" || el.localName === "body") return ((node && node.frame) || "") + el.localName;
    const signature = this.signature(el);
    if (root === document && (signature.includes(".") || ALONE.has(el.localName)) && this.signatures.get(signature) === 1 && root.querySelectorAll(signature).length === 1) return signature;
    return null;
  }
}
