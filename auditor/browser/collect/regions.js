// Where an element sits: by landmark and role, then by words in id and class, then by position.

const REGION_WORDS = { breadcrumb: "breadcrumb", breadcrumbs: "breadcrumb", header: "header", masthead: "header", topbar: "header", footer: "footer", sidebar: "aside", menu: "nav", navbar: "nav", navigation: "nav", nav: "nav", main: "main" };

function landmark(el, above) {
  const role = (el.getAttribute("role") || "").split(" ")[0];
  const name = el.localName;
  if (role === "dialog" || role === "alertdialog" || name === "dialog" || el.getAttribute("aria-modal") === "true") return "dialog";
  if (above === "dialog" || above === "breadcrumb") return null;
  const label = el.getAttribute("aria-label") || "";
  if (/breadcrumb/i.test(label) || /BreadcrumbList/.test(el.getAttribute("itemtype") || el.getAttribute("typeof") || "")) return "breadcrumb";
  if (role === "navigation" || name === "nav") return above === "footer" ? null : "nav";
  if (role === "contentinfo" || (name === "footer" && above !== "main" && !el.closest("article, section, main, aside"))) return "footer";
  if (role === "banner" || (name === "header" && above !== "main" && !el.closest("article, section, main, aside"))) return "header";
  if (role === "main" || name === "main") return "main";
  if ((role === "complementary" || name === "aside") && above !== "footer" && above !== "header") return "aside";
  if (role === "search" || role === "menubar") return null;
  return null;
}

function byWords(node, walk) {
  const { el, region } = node;
  if (region === "dialog" || region === "breadcrumb" || !/^(div|section|ul|ol|td|table|header|span)$/.test(el.localName)) return null;
  const words = ((el.id || "") + " " + (typeof el.className === "string" ? el.className : "")).slice(0, 300).toLowerCase().split(/[\s_-]+/);
  for (const word of words) {
    const found = REGION_WORDS[word];
    if (!found) continue;
    if (found === "breadcrumb") return "breadcrumb";
    if (region === "main" || node.hidden || (region && found !== "nav") || region === "footer" || region === "nav") continue;
    const r = walk.rect(node);
    const wide = r.right - r.left >= 0.6 * walk.viewport.right;
    if (found === "header" && (!wide || r.top > 300)) continue;
    if (found === "footer" && (!wide || r.top < document.documentElement.scrollHeight / 2)) continue;
    if (found === "main" && !wide) continue;
    return found;
  }
  return null;
}

function regionOf(node, walk) {
  return landmark(node.el, node.region) || byWords(node, walk) || node.region;
}

function regionAt(node, walk) {
  if (node.region) return node.region;
  if (walk.has("main")) return "other";
  const r = walk.rect(node);
  const height = document.documentElement.scrollHeight;
  if (r.bottom <= 120 && !walk.has("header")) return "header";
  if (height > 1500 && r.top > height - 250 && !walk.has("footer")) return "footer";
  return "main";
}
