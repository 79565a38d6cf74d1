// Lists, radio buttons and boxes of a page's own making: which elements they are, and what can be chosen in them.

// "list": pressing it opens a list. "suggestions": a text field that offers a list while one types.
function journeyOpens(el) {
  const role = el.getAttribute("role") || "", popup = el.getAttribute("aria-haspopup") || "";
  if (el.localName === "select" || el.localName === "textarea") return "";
  if (el.localName === "input") {
    const offers = role === "combobox" || popup === "listbox" || /^(list|both)$/.test(el.getAttribute("aria-autocomplete") || "");
    return !offers || !/^(text|search|tel|email|url)$/.test(el.type) ? "" : el.readOnly ? "list" : "suggestions";
  }
  return (role === "combobox" || popup === "listbox") && !el.querySelector("input:not([type=hidden])") ? "list" : "";
}

function journeyTick(el) {
  const role = el.getAttribute("role") || "";
  return el.localName === "input" ? "" : role === "radio" ? "radio" : role === "checkbox" || role === "switch" ? "checkbox" : "";
}

// A hidden twin that carries the value of a made field into its form.
function journeyTwin(el) {
  if (el.getAttribute("aria-hidden") !== "true" || el.tabIndex >= 0) return false;
  const near = [el.previousElementSibling, el.nextElementSibling, el.parentElement].filter(Boolean);
  return near.some((one) => journeyOpens(one) === "list" || journeyTick(one));
}

function journeyGroup(el) {
  const group = el.closest("[role=radiogroup], [role=group], fieldset");
  return !group ? `of ${el.parentElement ? el.parentElement.localName : ""}` : group.getAttribute("name") || group.id || `group-${journeyIndex(group)}`;
}

function journeyMade(el) {
  const tick = journeyTick(el), text = squeeze(textOf(el, 120));
  const unchosen = el.hasAttribute("data-placeholder") || Boolean(el.querySelector("[data-placeholder], [class*='placeholder' i]"));
  const around = tick && el.closest("label");
  const label = labelOf(el) || (tick ? (around ? textOf(around, 200) : nameOf(el, 200)) : journeyNearLabel(el));
  return {
    type: tick || "listbox", name: cut(el.getAttribute("name") || (tick ? journeyGroup(el) : ""), 200), label: cut(label, 200),
    value: tick ? cut(el.getAttribute("value") || el.getAttribute("data-value") || el.id || "", 100) : cut(text, 100),
    filled: tick ? el.getAttribute("aria-checked") === "true" : Boolean(text) && !unchosen && text !== label,
    required: el.getAttribute("aria-required") === "true" || /\*\s*$/.test(label),
  };
}

// The label of a list that is tied to none: the text right before it.
function journeyNearLabel(el) {
  for (let at = el, up = 0; at && up < 3; at = at.parentElement, up++) {
    for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
      const said = squeeze(textOf(before, 100));
      if (said && !before.querySelector("input, select, textarea, button")) return said.length < 60 ? said : "";
      if (before.querySelector("input, select, textarea, button")) return "";
    }
  }
  return "";
}

// What a group of radio buttons without a label is about: the text right before it.
function journeyLegend(el) {
  const group = el.closest("[role=radiogroup]");
  const fields = "input:not([type=hidden]), select, textarea, button, [role=radio], [role=combobox]";
  const kin = (other) => other === el || journeyTwin(other) || (other.type === "radio" && el.type === "radio" ? other.name === el.name : other.getAttribute("role") === "radio" && el.getAttribute("role") === "radio" && other.closest("[role=radiogroup]") === group);
  for (let at = el, up = 0; at && up < 8; at = at.parentElement, up++) {
    if (![...at.querySelectorAll(fields)].slice(0, 60).every(kin)) return "";
    for (let before = at.previousElementSibling; before && up > 0; before = before.previousElementSibling) {
      if (before.matches(fields) || [...before.querySelectorAll(fields)].some((one) => !kin(one))) return "";
      const said = before.querySelector(fields) ? "" : squeeze(textOf(before, 100));
      if (said) return said.length < 60 ? said : "";
    }
  }
  return "";
}

// The options of a list that is open now, and those that its opener refers to.
function journeyOptions(index) {
  const el = journeyElements[index - journeyBase];
  if (!el) return [];
  const roots = [el.getRootNode(), el.ownerDocument];
  const named = `${el.getAttribute("aria-controls") || ""} ${el.getAttribute("aria-owns") || ""}`.split(/\s+/).filter(Boolean);
  const visible = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  let lists = named.map((id) => roots.map((root) => root.getElementById && root.getElementById(id)).find(Boolean)).filter((one) => one && visible(one));
  const anywhere = "[role=listbox], [role=menu], [role=tree], [role=grid]";
  if (!lists.length) lists = roots.flatMap((root) => [...root.querySelectorAll(anywhere)]).filter((one) => visible(one) && one !== el);
  const options = lists.flatMap((list) => {
    const marked = [...list.querySelectorAll("[role=option], [role=menuitemradio], [role=menuitem], [role=treeitem], [role=gridcell]")];
    return marked.length ? marked : [...list.querySelectorAll("li")];
  });
  return [...new Set(options)].filter(visible).slice(0, 400).map((one) => ({
    index: journeyIndex(one), text: cut(squeeze(textOf(one, 120)), 120), value: cut(one.getAttribute("data-value") || one.getAttribute("value") || one.id || "", 120),
    disabled: one.getAttribute("aria-disabled") === "true" || one.hasAttribute("data-disabled"), selected: one.getAttribute("aria-selected") === "true" || one.getAttribute("aria-checked") === "true",
  }));
}
