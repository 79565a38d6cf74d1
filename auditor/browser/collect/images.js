// Pictures as shown. `file_*` sizes are asked of the browser's cache, because naturalWidth is divided by the srcset density.

function readSrcset(text) {
  const found = [];
  let rest = cut(text, 20000);
  while (found.length < 60) {
    rest = rest.replace(/^[\s,]+/, "");
    const start = /^\S+/.exec(rest);
    if (!start) break;
    rest = rest.slice(start[0].length);
    const bare = start[0].replace(/,+$/, "");
    let descriptor = "";
    if (bare === start[0]) {
      const next = /^\s*(?:\([^)]*\)|[^,(])*/.exec(rest)[0];
      rest = rest.slice(next.length);
      descriptor = next.trim();
    }
    const width = /(?:^|\s)(\d+)w/.exec(descriptor), density = /(?:^|\s)(\d*\.?\d+)x/.exec(descriptor);
    try {
      found.push({ url: cut(new URL(bare, document.baseURI).href, 2000), width: width ? parseInt(width[1]) : null, density: density ? parseFloat(density[1]) : null });
    } catch {}
  }
  return found;
}

function cardOf(el, walk, cache) {
  for (let up = 0, at = el; up < 9 && at.parentElement && at !== document.body; up++, at = at.parentElement) {
    const parent = at.parentElement;
    if (!cache.has(parent)) {
      const groups = new Map();
      for (const child of [...parent.children].slice(0, 200)) {
        if (!child.querySelector("a[href]") || !child.querySelector("img, picture, [style*=background]")) continue;
        const key = child.localName + "." + (child.classList[0] || "");
        groups.set(key, (groups.get(key) || 0) + 1);
      }
      cache.set(parent, groups);
    }
    if ((cache.get(parent).get(at.localName + "." + (at.classList[0] || "")) || 0) >= 2) return walk.selector(at);
  }
  return null;
}

function fileSize(url) {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve([image.naturalWidth, image.naturalHeight]);
    image.onerror = () => resolve([0, 0]);
    image.src = url;
  });
}

function contentBox(node) {
  const { el, style } = node;
  const n = (name) => parseFloat(style[name]) || 0;
  if (!style || node.hidden) return [0, 0];
  const r = el.getBoundingClientRect();
  // offsetWidth ignores transforms, the rectangle does not: keep their ratio for the padding.
  const sx = el.offsetWidth ? r.width / el.offsetWidth : 1, sy = el.offsetHeight ? r.height / el.offsetHeight : 1;
  return [
    Math.max(0, r.width - sx * (n("paddingLeft") + n("paddingRight") + n("borderLeftWidth") + n("borderRightWidth"))),
    Math.max(0, r.height - sy * (n("paddingTop") + n("paddingBottom") + n("borderTopWidth") + n("borderBottomWidth"))),
  ];
}

function imageFacts(node, walk, cards) {
  const { el } = node;
  const link = el.closest("a[href]");
  const [width, height] = contentBox(node);
  return {
    selector: walk.selector(el),
    role: el.getAttribute("role"),
    hidden_from_assistive: Boolean(el.closest("[aria-hidden=true]")),
    region: regionAt(node, walk),
    box: walk.box(node),
    visible: walk.visible(node),
    shown_width: width,
    shown_height: height,
    object_fit: node.style ? node.style.objectFit : "fill",
    link_url: link ? cut(link.href, 2000) : null,
    link_text: link ? nameOf(link) : "",
    card: cardOf(el, walk, cards),
  };
}

async function collectImages(walk, limits) {
  const found = [], wanted = [], cards = new Map();
  for (const node of walk.nodes) {
    const { el } = node;
    if (found.length >= limits.images) break;
    if (el.localName === "img") {
      const sources = el.parentElement && el.parentElement.localName === "picture" ? [...el.parentElement.querySelectorAll("source")] : [];
      const sets = [...sources, el].map((one) => one.getAttribute("srcset") || one.getAttribute("data-srcset") || "").filter(Boolean).slice(0, 8);
      const image = {
        ...imageFacts(node, walk, cards),
        kind: "img",
        url: cut(el.currentSrc || el.src, 4000),
        alt: el.hasAttribute("alt") ? cut(el.getAttribute("alt"), 1000) : null,
        loaded: el.complete && el.naturalWidth > 0,
        natural_width: el.naturalWidth,
        natural_height: el.naturalHeight,
        loading: el.loading || "",
        fetch_priority: el.getAttribute("fetchpriority") || "",
        candidates: sets.flatMap(readSrcset).slice(0, 60),
        sizes: el.hasAttribute("sizes") ? cut(el.getAttribute("sizes"), 500) : null,
        has_dimensions: (el.hasAttribute("width") && el.hasAttribute("height")) || Boolean(node.style && node.style.aspectRatio && node.style.aspectRatio !== "auto"),
      };
      found.push(image);
      if (sets.length && image.loaded && wanted.length < limits.file_sizes) wanted.push(image);
      continue;
    }
    if (node.hidden) continue;
    const [width, height] = [walk.rect(node).right - walk.rect(node).left, walk.rect(node).bottom - walk.rect(node).top];
    if (width < 50 || height < 50) continue;
    const none = { alt: null, natural_width: 0, natural_height: 0, loading: "", fetch_priority: "", candidates: [], sizes: null, has_dimensions: true };
    if (el.localName === "svg") {
      found.push({ ...imageFacts(node, walk, cards), ...none, kind: "svg", url: "", alt: el.getAttribute("aria-label") || (el.querySelector("title") ? textOf(el.querySelector("title"), 300) : null), loaded: true });
    } else if (node.style.backgroundImage.includes("url(")) {
      const url = /url\("((?:[^"\\]|\\.)*)"\)/.exec(node.style.backgroundImage);
      if (!url) continue;
      const image = { ...imageFacts(node, walk, cards), ...none, kind: "background", url: cut(url[1], 4000), alt: el.getAttribute("aria-label"), object_fit: node.style.backgroundSize, loaded: false };
      found.push(image);
      if (walk.visible(node) && wanted.length < limits.file_sizes) wanted.push(image);
    }
  }
  const asked = Promise.all(wanted.map(async (image) => {
    const [width, height] = await fileSize(image.url);
    if (!width) return;
    image.natural_width = width;
    image.natural_height = height;
    image.loaded = true;
  }));
  await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, limits.file_sizes_ms))]);
  return found;
}
