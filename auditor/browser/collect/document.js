function collectDocument(walk) {
  const meta = (name) => { const el = document.querySelector(`meta[name="${name}" i]`); return el ? cut(el.content, 500) : null; };
  const root = document.documentElement;
  const hreflang = {};
  for (const el of [...document.querySelectorAll("link[rel~=alternate][hreflang]")].slice(0, 100)) hreflang[cut(el.hreflang, 40)] = cut(el.href, 2000);
  const canonical = document.querySelector("link[rel~=canonical]");
  const width = Math.max(root.scrollWidth, document.body ? document.body.scrollWidth : 0);
  return {
    url: cut(location.href, 4000),
    title: cut(squeeze(document.title), 500),
    lang: root.hasAttribute("lang") ? cut(root.lang, 40) : null,
    direction: getComputedStyle(document.body || root).direction,
    charset: document.characterSet,
    viewport_metas: [...document.querySelectorAll("meta[name=viewport i]")].slice(0, 10).map((el) => cut(el.content, 500)),
    canonical: canonical ? cut(canonical.href, 2000) : null,
    robots: meta("robots"),
    h1: [...document.querySelectorAll("h1")].slice(0, 20).map((el) => textOf(el, 300)),
    hreflang,
    page_width: width,
    page_height: Math.max(root.scrollHeight, document.body ? document.body.scrollHeight : 0),
    viewport_width: window.visualViewport ? Math.round(visualViewport.width * visualViewport.scale) : innerWidth,
    viewport_height: window.visualViewport ? Math.round(visualViewport.height * visualViewport.scale) : innerHeight,
    dpr: devicePixelRatio,
    element_count: document.getElementsByTagName("*").length,
    body_classes: document.body ? [...document.body.classList].slice(0, 50).map((word) => cut(word, 100)) : [],
    has_password: [...document.querySelectorAll("input[type=password]")].some((el) => { const node = walk.byElement.get(el); return node && walk.visible(node); }),
  };
}
