// Tells what was put into a page by none of its own scripts, as software on a visitor's device does. It reports to the
// shop: kinds, sizes and outside hosts; no text, no address of a page, no cookie, nothing that names a visitor.
// It has to be the first script in the head. Lines that begin with slashes and indents are left out by the build.
(() => {
  try {
    const doc = document, set = doc.currentScript.dataset, keep = sessionStorage;
    // Drawn once a session.
    if (!keep._v) keep._v = Math.random() < (set.share || .02) ? 1 : 2;
    if (keep._v > 1) return;
    const ours = (location.hostname + " " + (set.known || "")).split(" ");
    const touched = new Set, odd = [], told = [];
    let sent, waiting, ready;

    // What a script of the page inserts into is noted; scripts of extensions have other prototypes than the page.
    const parent = (node) => node.parentNode;
    for (const kind of Object.getOwnPropertyNames(window).filter((one) => /^(Node|Range|Shad|Doc|Char|Elem|HTML)/.test(one))) {
      const owner = window[kind].prototype || {};
      for (const name of Object.getOwnPropertyNames(owner)) {
        const was = Object.getOwnPropertyDescriptor(owner, name), key = was.set ? "set" : "value", original = was[key];
        if (!/^(append|prepend|insert|replace|before|after|surround|move|inner|outer|textC|set[AH]|createT[HBF]|createCa|add$|href)/.test(name) || !was.configurable || !original) continue;
        was[key] = function () {
          try { touched.add(this).add(parent(this)).add(parent(this.startContainer || this)); } catch {}
          return original.apply(this, arguments);
        };
        Object.defineProperty(owner, name, was);
      }
    }

    // The host behind an address, "" for the shop, for whom it knows, and for what is no address.
    const host = (url) => {
      try {
        const { protocol, hostname } = new URL(url, location);
        if (/-extension:$/.test(protocol)) return protocol;
        return /^http/.test(protocol) && !ours.some((one) => hostname == one || hostname.endsWith("." + one)) ? hostname : "";
      } catch { return ""; }
    };
    const tell = (what, hosts, area, covers) => {
      if (told.length < 10) told.push({ t: what, h: [...new Set(hosts)].slice(0, 5), a: area | 0, c: covers | 0 });
    };
    const examine = () => {
      waiting = 0;
      for (const node of odd.splice(0)) try {
        const hosts = [node, ...node.querySelectorAll("a,iframe,img")].slice(0, 200).map((one) => host(one.href || one.src)).filter(Boolean);
        // What a closed shadow holds answers by its host, so that points of the screen tell more than boxes.
        const top = (x, y) => node.contains(doc.elementFromPoint(x, y));
        let area = 0;
        for (let at = 0; at < 25; at++) area += top((at % 5 + .5) / 5 * innerWidth, ((at / 5 | 0) + .5) / 5 * innerHeight);
        const buy = set.buy && doc.querySelector(set.buy), box = buy && buy.getBoundingClientRect();
        if (hosts[0] || area > 1) tell(/-/.test(node.localName) ? "custom" : node.localName, hosts, (area > 0) + (area > 2) + (area > 7), box && top(box.x + box.width / 2, box.y + box.height / 2));
      } catch {}
    };
    const note = (node) => {
      if (odd.length < 50) odd.push(node);
      if (!waiting) waiting = (window.requestIdleCallback || setTimeout)(examine);
    };
    const watcher = new MutationObserver((records) => {
      try {
        // Until the page is read its own HTML comes in, and nobody is noted for it.
        if (ready) for (const one of records) {
          const at = one.target;
          if (touched.has(at) || touched.has(parent(at)) || at.isContentEditable) continue;
          if (host(at.href) && one.oldValue && !host(one.oldValue)) tell("link", [host(at.href)]);
          for (const node of one.addedNodes) if (node.nodeType == 1 && !/^(font|style|br)$/.test(node.localName)) note(node);
        }
      } catch {}
      touched.clear();
    });
    watcher.observe(doc, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"], attributeOldValue: true });

    addEventListener("DOMContentLoaded", () => {
      try {
        watcher.takeRecords();
        ready = 1;
        for (const one of doc.documentElement.children) if (!/^(head|body)$/.test(one.localName)) note(one);
        for (const one of doc.scripts) if (host(one.src)) tell("script", [host(one.src)]);
      } catch {}
    });
    addEventListener("securitypolicyviolation", (event) => {
      const from = host(event.sourceFile) || host(event.blockedURI);
      if (from) tell("csp", [from]);
    });
    addEventListener("visibilitychange", () => {
      try {
        if (sent || !doc.hidden) return;
        sent = 1;
        examine();
        // 1 in a session's first report, and in the first one that has something to tell.
        const first = keep._f ? 0 : keep._f = 1, hit = told.some((one) => !/csp|script/.test(one.t)) && !keep._i ? keep._i = 1 : 0;
        navigator.sendBeacon(set.to, JSON.stringify({ v: 1, p: set.page || "other", f: +first, i: +hit, e: told }));
      } catch {}
    });
  } catch {}
})();
