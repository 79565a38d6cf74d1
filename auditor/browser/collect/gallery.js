// Where a product page keeps its pictures: the main picture, the rest of its gallery, and the larger files they name.

const ZOOM_ATTRIBUTES = ["data-zoom-image", "data-zoom", "data-zoom-src", "data-large_image", "data-large-image", "data-large", "data-large-img", "data-full", "data-full-src", "data-src-full", "data-hi-res", "data-highres", "data-original", "data-image-large", "data-magnify-src", "data-image-large-src", "data-big", "data-photoswipe-src", "data-pswp-src"];
const PICTURE_FILE = /\.(jpe?g|png|webp|avif|gif|tiff?)(?:$|[?#])/i;
const GALLERY_WORDS = /gallery|carousel|slider|slick|swiper|thumb|product[-_]?(image|photo|media|pic)|media/i;

function mainPicture(walk) {
  let best = null, bestArea = 80 * 80;
  for (const node of walk.nodes) {
    const { el } = node;
    if (el.localName !== "img" || !walk.visible(node) || /^(header|nav|footer|aside|dialog)$/.test(regionAt(node, walk))) continue;
    const r = walk.rect(node);
    if (r.top > 2 * innerHeight) continue;
    const link = el.closest("a[href]");
    const leaves = link && !PICTURE_FILE.test(link.href) && link.href.split("#")[0] !== location.href.split("#")[0] && !link.getAttribute("href").startsWith("#");
    const area = (r.right - r.left) * (r.bottom - r.top) * (leaves ? 0.2 : 1);
    if (area > bestArea) { best = node; bestArea = area; }
  }
  return best;
}

function galleryOf(main) {
  let gallery = main.el.parentElement;
  for (let up = 0, at = main.el.parentElement; up < 6 && at && at !== document.body && at.localName !== "main"; up++, at = at.parentElement) {
    const words = (at.id || "") + " " + (typeof at.className === "string" ? at.className : "");
    if (at.querySelector("h1")) break;
    if (GALLERY_WORDS.test(words)) gallery = at;
  }
  return gallery;
}

function largerFiles(el) {
  const found = [];
  const add = (url, source) => {
    if (!url || url.startsWith("data:")) return;
    try { found.push({ url: cut(new URL(url, document.baseURI).href, 2000), source }); } catch {}
  };
  const link = el.closest("a[href]");
  for (const holder of [el, el.parentElement, link, el.closest("figure, li, [data-zoom-image], [data-large_image]")])
    if (holder) for (const name of ZOOM_ATTRIBUTES) if (holder.hasAttribute(name) && /[./]/.test(holder.getAttribute(name))) add(holder.getAttribute(name), "zoom");
  if (link && PICTURE_FILE.test(link.href)) add(link.href, "link");
  const sets = [...(el.closest("picture") || el).querySelectorAll("source"), el].flatMap((one) => readSrcset(one.getAttribute("srcset") || one.getAttribute("data-srcset") || ""));
  const largest = sets.sort((a, b) => (b.width || 0) - (a.width || 0) || (b.density || 0) - (a.density || 0))[0];
  if (largest) add(largest.url, "srcset");
  add(el.currentSrc || el.src || el.getAttribute("data-src"), "current");
  return found;
}

function collectGallery(walk, limits) {
  const main = mainPicture(walk);
  if (!main) return [];
  const pictures = [main.el];
  for (const el of galleryOf(main).querySelectorAll("img")) if (!pictures.includes(el) && pictures.length < limits.gallery) pictures.push(el);
  return pictures.map((el) => ({ of: walk.selector(el), files: largerFiles(el).slice(0, 6) }));
}
