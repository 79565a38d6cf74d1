// Tells what was put into a page by none of its own scripts, as software on a visitor's device does. It reports to the
// shop: kinds, sizes and outside hosts; no text, no address of a page, no cookie, nothing that names a visitor.
// It has to be the first script in the head. Lines that begin with slashes and indents are left out by the build.
(() => {
  try {
    const doc = document, set = doc.currentScript.dataset, keep = sessionStorage;
    // Drawn once a session.
    if (!keep._v) keep._v = Math.random() < (set.share || .02) ? 1 : 2;
    if (keep._v > 1) return;
    const ours = (location.hostname + " " + (set.known || "")).split(" "), touched = new Set, odd = [], told = [];
    let sent, waiting, ready;

    // What a script of the page inserts into is noted, by functions whose names begin like those that insert. Scripts
    // of extensions have other prototypes than the page.
    for (const kind of Object.getOwnPropertyNames(window)) if (/^(Node|Range|Shad|Doc|Char|Elem|HTML)/.test(kind)) {
      const owner = window[kind].prototype || {};
      for (const name of Object.getOwnPropertyNames(owner)) if (/^(ap|prep|in|rep|be|af|su|mo|out|textC|set[AH]|createT[HBF]|createCa|add$|href)/.test(name)) {
        const was = Object.getOwnPropertyDescriptor(owner, name), key = was.set ? "set" : "value", original = was[key];
        if (!original) continue;
        was[key] = function () {
          try { const at = this.startContainer || this; touched.add(at).add(at.parentNode); } catch {}
          return original.apply(this, arguments);
        };
        Object.defineProperty(owner, name, was);
      }
    }

    // The host behind an address; nothing for the shop, for whom it knows, and for what is no address.
    const host = (url) => {
      try {
        const { protocol, hostname } = new URL(url, location);
        return /-extension:$/.test(protocol) ? protocol : /^http/.test(protocol) && !ours.some((one) => ("." + hostname).endsWith("." + one)) && hostname;
      } catch {}
    };
    const tell = (what, urls, area, covers) => {
      const hosts = [...new Set(urls.map(host))].filter(Boolean);
      if ((hosts[0] || area > 1) && told.length < 10) told.push({ t: what, h: hosts.slice(0, 5), a: (area > 0) + (area > 2) + (area > 7), c: covers | 0 });
    };
    // In slices of a few milliseconds; all at once when the page goes away.
    const examine = () => {
      waiting = 0;
      if (!odd[0]) return;
      const until = Date.now() + 8, grid = [.1, .3, .5, .7, .9], top = (x, y) => doc.elementFromPoint(x, y),
      // What a closed shadow holds answers by its host, so that points of the screen tell more than boxes.
        points = grid.flatMap((x) => grid.map((y) => top(x * innerWidth, y * innerHeight))),
        buy = set.buy && doc.querySelector(set.buy), box = buy && buy.getBoundingClientRect(),
        over = box && top(box.x + box.width / 2, box.y + box.height / 2);
      while (odd[0]) try {
        if (!doc.hidden && Date.now() > until) return wait();
        const node = odd.shift(), urls = [node, ...node.querySelectorAll("a,iframe,img")].slice(0, 200).map((one) => one.href || one.src);
        tell(node.localName.replace(/.*-.*/, "custom"), urls, points.filter((one) => node.contains(one)).length, over && node.contains(over));
      } catch {}
    };
    const wait = () => { waiting = waiting || (window.requestIdleCallback || setTimeout)(examine); };
    const note = (node) => {
      if (odd.length < 50) odd.push(node);
      wait();
    };
    const watcher = new MutationObserver((records) => {
      try {
        // Until the page is read its own HTML comes in, and nobody is noted for it.
        if (ready) for (const one of records) {
          const at = one.target;
          if (touched.has(at) || touched.has(at.parentNode) || at.isContentEditable) continue;
          if (one.oldValue && !host(one.oldValue)) tell("link", [at.href]);
          for (const node of one.addedNodes) if (node.localName && !/^(font|style|br)$/.test(node.localName)) note(node);
        }
      } catch {}
      touched.clear();
    });
    watcher.observe(doc, { childList: 1, subtree: 1, attributeFilter: ["href"], attributeOldValue: 1 });

    addEventListener("DOMContentLoaded", () => {
      try {
        watcher.takeRecords();
        ready = 1;
        for (const one of doc.documentElement.children) if (!/^(head|body)$/.test(one.localName)) note(one);
        for (const one of doc.scripts) tell("script", [one.src]);
      } catch {}
    });
    addEventListener("securitypolicyviolation", (event) => tell("csp", [event.sourceFile, event.blockedURI]));
    addEventListener("visibilitychange", () => {
      try {
        if (sent || !doc.hidden) return;
        sent = 1;
        examine();
        // 1 in a session's first report, and in the first one that has something to tell.
        navigator.sendBeacon(set.to, JSON.stringify({
          v: 1, p: set.page || "other", f: keep._f ? 0 : keep._f = 1,
          i: told.some((one) => !/csp|script/.test(one.t)) && !keep._i ? keep._i = 1 : 0, e: told
        }));
      } catch {}
    });
  } catch {}
})();
