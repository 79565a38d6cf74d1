// Runs in every document before the page's own scripts. Takes away what leaves the browser where no request can be
// judged, and speculation rules, whose fetches no DevTools session sees.
(() => {
  "use strict";
  for (const name of ["PaymentRequest", "RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocketStream", "fetchLater"]) {
    try { delete window[name]; } catch { /* not there */ }
  }
  const Observer = MutationObserver;
  const rules = 'script[type="speculationrules" i]';
  const query = DocumentFragment.prototype.querySelectorAll;
  const remove = Element.prototype.remove;
  const watch = (root) => {
    const sweep = () => {
      const found = root === document ? document.querySelectorAll(rules) : query.call(root, rules);
      for (const script of found) remove.call(script);
    };
    new Observer(sweep).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["type"] });
    sweep();
  };
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(init) {
    const root = attach.call(this, init);
    watch(root);
    return root;
  };
})();
