function collectControls(walk, limits) {
  const forms = [], fields = [], buttons = [], indexOf = new Map();
  const formOf = (el) => (el.form && indexOf.has(el.form) ? indexOf.get(el.form) : null);
  for (const node of walk.nodes) {
    const { el } = node;
    if (el.localName !== "form" || forms.length >= limits.forms) continue;
    indexOf.set(el, forms.length);
    const attribute = (name) => cut(el.getAttribute(name) || "", 1000);
    forms.push({
      selector: walk.selector(el),
      action: attribute("action") ? cut(new URL(attribute("action"), document.baseURI + "").href, 2000) : cut(location.href, 2000),
      method: (attribute("method") || "get").toLowerCase(),
      role: attribute("role") || (el.closest("search, [role=search]") ? "search" : ""),
      id: attribute("id"),
      classes: attribute("class"),
      hidden_names: [...el.querySelectorAll("input[type=hidden][name]")].slice(0, 50).map((one) => cut(one.getAttribute("name"), 100)),
      region: regionAt(node, walk),
      visible: walk.visible(node),
    });
  }
  for (const node of walk.nodes) {
    const { el } = node;
    const type = (el.getAttribute("type") || "").toLowerCase();
    const role = (el.getAttribute("role") || "").split(" ")[0];
    if (el.localName === "input" && type === "hidden") continue;
    const pressed = el.localName === "button" || role === "button" || (el.localName === "input" && /^(submit|button|reset|image)$/.test(type)) || looksPressable(node);
    const filled = !pressed && (/^(input|select|textarea)$/.test(el.localName) || /^(textbox|searchbox|combobox|spinbutton)$/.test(role) || el.isContentEditable && el.getAttribute("contenteditable") !== null);
    if (pressed && buttons.length < limits.buttons) buttons.push(buttonFacts(node, walk, formOf(el)));
    else if (filled && fields.length < limits.fields) fields.push(fieldFacts(node, walk, formOf(el), type, role));
  }
  return { forms, fields, buttons };
}

function looksPressable(node) {
  const { el, style } = node;
  if (el.localName !== "a" || !style) return false;
  if ([...el.classList].some((word) => /^(btn|button)([-_]|$)|[-_](btn|button)$/i.test(word))) return true;
  const painted = style.backgroundColor !== "rgba(0, 0, 0, 0)" || parseFloat(style.borderTopWidth) > 0;
  return painted && parseFloat(style.paddingLeft) >= 8 && parseFloat(style.paddingTop) >= 4 && style.display !== "inline" && !el.querySelector("img");
}

function buttonFacts(node, walk, form) {
  const { el } = node;
  const attributes = {};
  for (const { name, value } of [...el.attributes].slice(0, 60))
    if (/^(id|class|name|value|type|href|formaction|onclick|data-.*)$/.test(name) && Object.keys(attributes).length < 25) attributes[cut(name, 60)] = cut(value, 200);
  return {
    selector: walk.selector(el),
    tag: el.localName,
    text: el.localName === "input" ? cut(squeeze(el.value), 200) : textOf(el, 200),
    name: nameOf(el),
    attributes,
    disabled: Boolean(el.disabled) || el.getAttribute("aria-disabled") === "true",
    box: walk.box(node),
    visible: walk.visible(node),
    region: regionAt(node, walk),
    font_px: node.style ? parseFloat(node.style.fontSize) || 0 : 0,
    color: node.style ? node.style.color : "",
    background: node.style ? node.style.backgroundColor : "",
    form,
  };
}

function fieldFacts(node, walk, form, type, role) {
  const { el } = node;
  const attribute = (name) => cut(el.getAttribute(name) || "", 200);
  const tick = type === "checkbox" || type === "radio";
  return {
    selector: walk.selector(el),
    tag: el.localName,
    type: el.localName === "input" ? type || "text" : el.localName === "select" ? "select" : el.localName === "textarea" ? "textarea" : "",
    name: attribute("name"),
    id: attribute("id"),
    autocomplete: attribute("autocomplete"),
    inputmode: attribute("inputmode"),
    placeholder: attribute("placeholder"),
    label: labelOf(el),
    role,
    required: Boolean(el.required) || el.getAttribute("aria-required") === "true",
    disabled: Boolean(el.disabled) || el.getAttribute("aria-disabled") === "true",
    filled: tick ? el.checked : Boolean(el.value),
    font_px: node.style ? parseFloat(node.style.fontSize) || 0 : 0,
    box: walk.box(node),
    visible: walk.visible(node),
    region: regionAt(node, walk),
    form,
  };
}
