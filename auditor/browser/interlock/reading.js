// What a control and its page are, for the interlock. Getters come from the prototypes: a field named "action" must not
// hide a form's action.
(element) => {
  "use strict";
  const get = (type, name, object) => Object.getOwnPropertyDescriptor(type.prototype, name).get.call(object);
  const attribute = (node, name) => Element.prototype.getAttribute.call(node, name) ?? "";
  const text = (node, most = 200) => (node?.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, most);
  const visible = (node) => node.checkVisibility?.({ visibilityProperty: true, opacityProperty: false }) ?? true;
  const trees = (root, found = []) => {
    found.push(root);
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) trees(node.shadowRoot, found);
      if (node.localName === "iframe") { try { if (node.contentDocument) trees(node.contentDocument, found); } catch { /* another origin */ } }
    }
    return found;
  };
  const roots = trees(document);
  const own = element.getRootNode();
  if (!roots.includes(own)) roots.push(own);
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const labelled = (node) => attribute(node, "aria-labelledby").split(/\s+/).filter(Boolean)
    .map((id) => text(node.getRootNode().querySelector(`#${CSS.escape(id)}`))).join(" ");
  const labelOf = (node) => [
    labelled(node), attribute(node, "aria-label"), ...[...(node.labels ?? [node.closest("label")])].map((label) => text(label)),
    attribute(node, "placeholder"), attribute(node, "title"),
  ].join(" ");
  const nameOf = (node) => [labelled(node), attribute(node, "aria-label"), text(node),
    ["submit", "button", "image", "reset"].includes(node.type) && node.localName === "input" ? node.value : "",
    attribute(node, "alt"), attribute(node, "title"), ...[...node.querySelectorAll("img[alt]")].map((image) => attribute(image, "alt")),
  ].filter(Boolean).join(" ").slice(0, 300);
  const isField = (node) => ["input", "select", "textarea"].includes(node.localName) && !["submit", "button", "image", "reset"].includes(node.type);
  // Fields that are no form elements: lists, radio buttons and boxes of the page's own making.
  const OPENERS = '[role="combobox"], [aria-haspopup="listbox"], [aria-haspopup="menu"], [aria-haspopup="tree"], [aria-haspopup="grid"]';
  const made = (node) => {
    if (isField(node)) return "";
    const role = attribute(node, "role");
    if (/^(radio|menuitemradio)$/.test(role)) return "radio";
    if (/^(checkbox|switch|menuitemcheckbox)$/.test(role)) return "checkbox";
    return role === "combobox" || attribute(node, "aria-haspopup") === "listbox" ? "listbox" : "";
  };
  const groupOf = (node) => node.closest('fieldset, [role="radiogroup"], [role="group"]');
  const group = (node) => { const around = groupOf(node); return around ? `${text(around.querySelector("legend"), 80)} ${around.localName === "fieldset" ? "" : labelled(around) + " " + attribute(around, "aria-label")}`.trim() : ""; };
  const field = (node) => ({
    type: made(node) || (node.localName === "input" ? node.type : node.localName === "select" ? "select" : "text"),
    name: attribute(node, "name"),
    words: [attribute(node, "id"), attribute(node, "name"), ["radio", "checkbox"].includes(node.type) ? attribute(node, "value") : "", labelOf(node), made(node) ? text(node, 100) : "", group(node)].join(" ").slice(0, 400),
    value: "", autocomplete: attribute(node, "autocomplete"), frame_url: node.ownerDocument.location?.href ?? "",
  });
  // The value of an input button is its label, and judged as such.
  const labels = (node) => node.localName === "input" && ["submit", "button"].includes(node.type);
  const marks = (node) => ["id", "name", "class", ...(labels(node) ? [] : ["value"]), "onclick", "onsubmit", "href"]
    .filter((name) => name !== "href" || attribute(node, name).startsWith("javascript:"))
    .map((name) => attribute(node, name))
    .concat([...node.attributes].filter((one) => /^(data-|ng-|v-on|@|wire:|hx-|x-on)/.test(one.name)).map((one) => `${one.name}=${one.value}`))
    .filter((said) => said && said.length < 300).slice(0, 40);
  const where = (said) => { try { return said === "" ? "" : new URL(said, element.baseURI).href; } catch { return ""; } };
  const formElement = element.form ?? element.closest("form");
  const elements = formElement ? [...get(HTMLFormElement, "elements", formElement)] : [];
  const submitter = attribute(element, "formaction");
  const asked = attribute(element, "hx-post") || attribute(element, "hx-get") || attribute(element, "data-url") || attribute(element, "data-href");
  const form = formElement && {
    action: where(submitter || attribute(formElement, "action") || document.URL),
    method: (attribute(element, "formmethod") || attribute(formElement, "method") || "get").toUpperCase(),
    names: marks(formElement),
    fields: [...elements.filter(isField), ...[...formElement.querySelectorAll("[role], [aria-haspopup]")].filter(made)].map(field).slice(0, 200),
  };
  const clip = (texts) => [...new Set(texts)].filter(Boolean).slice(0, 60);
  // STEPS
  const stepper = stepsShown(all, visible, text);
  const state = {
    url: document.URL,
    language: document.documentElement.lang || null,
    fields: [
      ...all("input, select, textarea").filter((node) => isField(node) && node.type !== "hidden" && (visible(node) || ["radio", "checkbox"].includes(node.type) && [...(node.labels ?? [])].some(visible))),
      ...all("[role], [aria-haspopup]").filter((node) => made(node) && visible(node)),
    ].map(field).slice(0, 300),
    buttons: clip(all('button, input[type=submit], input[type=image], [role=button]').filter(visible).map(nameOf)),
    steps: stepper.steps,
    current: stepper.current,
    counts: stepCounts(all, visible, text),
    frames: clip(all("iframe").filter(visible).map((frame) => frame.src)).slice(0, 40),
  };
  // Whether pressing it sends a form or activates something else, whatever scripts do besides.
  const SENDING = 'button:not([type="button"]):not([type="reset"]), input[type="submit"], input[type="image"], a[href], area[href]';
  const around = element.closest("label");
  const sends = element.matches(SENDING) || Boolean(element.querySelector(SENDING)) || Boolean(element.parentElement?.closest(SENDING))
    || Boolean(around?.control && around.control !== element);
  const list = element.closest('[role="listbox"], [role="menu"], [role="tree"], [role="grid"]');
  const isOption = Boolean(list) && list !== element && /^(option|menuitem|menuitemradio|treeitem|gridcell|)$/.test(attribute(element, "role"));
  const refers = (node) => list?.id && `${attribute(node, "aria-controls")} ${attribute(node, "aria-owns")}`.split(/\s+/).includes(list.id);
  const opener = !isOption ? null : all(OPENERS).find(refers)
    ?? all(OPENERS).find((node) => attribute(node, "aria-expanded") === "true") ?? null;
  const opens = (element.matches(OPENERS) || /^(true|false)$/.test(attribute(element, "aria-expanded"))) && !isOption;
  const part = isOption ? "option" : opens ? "opener" : "";
  const own_field = isField(element) || made(element) ? field(element) : null;
  const listed = isOption && (opener || list) ? { ...field(opener ?? list), type: "listbox", words: [opener ? field(opener).words : "", labelOf(list), attribute(list, "id")].join(" ").slice(0, 400) } : null;
  const link = element.closest("a[href]");
  const isLink = link && !attribute(link, "href").startsWith("javascript:") && !attribute(link, "href").startsWith("#");
  return {
    label: nameOf(element), tag: isLink ? "a" : element.localName, role: attribute(element, "role"), type: attribute(element, "type"),
    names: [...marks(element), ...(link && link !== element ? marks(link) : [])],
    target: isLink ? where(attribute(link, "href")) : where(submitter || asked),
    form: form || null, field: listed ?? own_field, frame_url: document.URL, page: state, part, sends,
  };
}
