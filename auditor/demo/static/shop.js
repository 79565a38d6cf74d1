// The shop works without this file; it adds the drawer, the gallery and a consent answer without a reload.
"use strict";

const menuButton = document.querySelector(".menu-button");
if (menuButton) {
  const menu = document.getElementById("main-menu");
  const show = (open) => {
    menuButton.setAttribute("aria-expanded", String(open));
    menu.classList.toggle("open", open);
  };
  menuButton.addEventListener("click", () => show(menuButton.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.classList.contains("open")) {
      show(false);
      menuButton.focus();
    }
  });
}

const filters = document.querySelector(".filters");
if (filters && matchMedia("(min-width: 900px)").matches) filters.open = true;

const product = document.querySelector(".product");
if (product) {
  const main = product.querySelector(".main-picture img");
  const swap = (image, from, to) => {
    image.srcset = image.srcset.split(from).join(to);
    image.src = image.src.split(from).join(to);
    if (image.dataset.zoomSrc) image.dataset.zoomSrc = image.dataset.zoomSrc.split(from).join(to);
  };
  let number = "1";
  product.querySelectorAll(".thumbs button").forEach((thumb) => {
    thumb.addEventListener("click", () => {
      swap(main, `-${number}-`, `-${thumb.dataset.number}-`);
      main.alt = thumb.dataset.alt;
      number = thumb.dataset.number;
      product.querySelectorAll(".thumbs button").forEach((other) => {
        other.setAttribute("aria-pressed", String(other === thumb));
      });
    });
  });
  const zoom = document.createElement("button");
  zoom.type = "button";
  zoom.className = "zoom";
  zoom.setAttribute("aria-label", product.querySelector("h1").textContent);
  main.replaceWith(zoom);
  zoom.append(main);
  zoom.addEventListener("click", () => {
    if (!main.dataset.zoomSrc) return;
    const view = document.createElement("dialog");
    view.className = "lightbox";
    const large = new Image();
    large.alt = main.alt;
    large.src = main.dataset.zoomSrc;
    view.append(large);
    view.addEventListener("click", () => view.close());
    view.addEventListener("close", () => view.remove());
    document.body.append(view);
    view.showModal();
  });
  product.querySelectorAll("input[name=colour]").forEach((radio) => {
    radio.addEventListener("change", () => {
      const from = product.dataset.picture;
      product.dataset.picture = radio.dataset.picture;
      product.querySelectorAll(".gallery img").forEach((image) => swap(image, `/${from}-`, `/${radio.dataset.picture}-`));
    });
  });
}

const consent = document.querySelector(".consent");
if (consent) {
  consent.querySelectorAll("button").forEach((button) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      document.cookie = `consent=${button.value}; path=/; max-age=15552000; samesite=lax`;
      consent.remove();
    });
  });
}

const search = document.querySelector("form.search[data-suggest]");
if (search) {
  const field = search.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.hidden = true;
  search.append(list);
  let asked = 0;
  field.addEventListener("input", async () => {
    const text = field.value.trim();
    const mine = ++asked;
    const found = text.length < 3 ? [] : await (await fetch(`${search.dataset.suggest}?q=${encodeURIComponent(text)}`)).json();
    if (mine !== asked) return;
    list.replaceChildren(...found.map(({ name, path }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = encodeURI(path);
      link.textContent = name;
      item.append(link);
      return item;
    }));
    list.hidden = !found.length;
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Escape") list.hidden = true; });
  document.addEventListener("click", (event) => { if (!search.contains(event.target)) list.hidden = true; });
}
