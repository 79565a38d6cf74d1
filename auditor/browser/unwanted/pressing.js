// Links of the shop that a shopper would press, each looked at where it stands. Runs in our own world.
function auditorLinks(most) {
  const seen = new Set(), found = [];
  for (const el of document.querySelectorAll("a[href]")) {
    const url = new URL(el.href, document.baseURI);
    if (url.host !== location.host || !/^https?:$/.test(url.protocol) || url.pathname === location.pathname || seen.has(url.href)) continue;
    if (el.hasAttribute("download") || /log-?out|sign-?out|delete|remove/i.test(url.href)) continue;
    const r = el.getBoundingClientRect();
    if (r.width < 12 || r.height < 8 || !el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    seen.add(url.href);
    found.push({ el, kind: el.querySelector("img") ? 0 : el.closest("nav, header") ? 1 : 2, size: r.width * r.height });
    if (seen.size > 400) break;
  }
  const chosen = [];
  for (let round = 0; chosen.length < most && round < most; round++)
    for (const kind of [0, 2, 1]) {
      const one = found.filter((each) => each.kind === kind).sort((a, b) => b.size - a.size)[round];
      if (one && chosen.length < most) chosen.push(one.el);
    }
  globalThis.auditorChosen = chosen;
  return chosen.map((el) => el.href);
}

function auditorAim(place) {
  const el = typeof place === "string" ? document.querySelector(place) : globalThis.auditorChosen[place];
  if (!el || !el.isConnected) return null;
  globalThis.auditorAimed = el;
  el.scrollIntoView({ block: "center", behavior: "instant" });
  const r = el.getBoundingClientRect();
  const selector = el.localName + (el.id ? "#" + el.id : el.classList.length ? "." + el.classList[0] : "");
  return { x: r.left + r.width / 2, y: r.top + r.height / 2, href: el.href || null, selector: selector.slice(0, 120) };
}

function auditorAimAt(x, y) {
  scrollTo({ left: 0, top: Math.max(0, y - innerHeight / 2), behavior: "instant" });
  return { x: x - scrollX, y: y - scrollY };
}
// What is pinned to the screen stands where it stood before anything was scrolled.
function auditorAimAtScreen(x, y) {
  scrollTo({ left: 0, top: 0, behavior: "instant" });
  return { x, y };
}
0

// Links in a text that have no address until they are pressed.
function auditorLures(most) {
  const chosen = [];
  for (const el of document.querySelectorAll("p a, h1 a, h2 a, h3 a, li a, td a")) {
    const address = el.getAttribute("href") || "", beside = [...el.parentNode.childNodes].filter((one) => one.nodeType === 3);
    if (!/^(#|javascript:|$)/i.test(address) || (address.length > 1 && address[0] === "#" && document.getElementById(address.slice(1)))) continue;
    if (el.closest("nav, header, footer, [role=tablist]") || beside.map((one) => one.data.trim()).join("").length < 3) continue;
    if (el.getBoundingClientRect().width > 8 && el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) chosen.push(el);
    if (chosen.length === most) break;
  }
  globalThis.auditorChosen = chosen;
  return chosen.map((el) => [el.href, el.textContent.trim().slice(0, 80)]);
}

// Beside what the page shows: there lies only its background.
function auditorEdge() {
  scrollTo({ left: 0, top: 0, behavior: "instant" });
  for (const x of [4, innerWidth - 24]) {
    const el = document.elementFromPoint(x, innerHeight / 2);
    if (el !== document.body && el !== document.documentElement) continue;
    globalThis.auditorAimed = el;
    return { x, y: innerHeight / 2, selector: el.localName };
  }
  return null;
}

// A field whose form asks the shop to search and writes nothing.
function auditorSearchField() {
  const marks = 'input[type="search"], form[role="search"] input, [role="search"] input, input[name="q"], input[name="s"], input[name="search"], input[name="query"]';
  for (const el of document.querySelectorAll(marks)) {
    const form = el.form, r = el.getBoundingClientRect();
    if (!form || form.method !== "get" || !/^(text|search)$/.test(el.type) || r.width < 20 || r.height < 10 || !el.checkVisibility()) continue;
    const action = new URL(form.getAttribute("action") || location.href, document.baseURI);
    if (action.host !== location.host) continue;
    globalThis.auditorAimed = form;
    el.scrollIntoView({ block: "center", behavior: "instant" });
    const at = el.getBoundingClientRect();
    return { x: at.left + at.width / 2, y: at.top + at.height / 2, action: action.href, selector: ("form input[name=" + el.name + "]").slice(0, 120) };
  }
  return null;
}
