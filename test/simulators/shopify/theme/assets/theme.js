// The theme's own script, as merchants' themes have one. `?simulator_theme=` chooses how it adds to the cart, for the rest
// of the browser's session: json (default), xhr, multipart, standard (Shopify's standard event too), horizon (the event as
// Horizon sends it), bulk (sets quantities, as Dawn's quick order list does), brackets (a form's list to `/de/cart`), form
// (a plain post), drawer (the cart slides in on the same page, with its own button to the checkout).
const WAYS = new URLSearchParams(location.search).get("simulator_theme");
const remembered = () => {
  try {
    if (WAYS) sessionStorage.setItem("simulator:theme", WAYS);
    return sessionStorage.getItem("simulator:theme");
  } catch {
    // A visitor whose browser keeps nothing.
    return WAYS;
  }
};
const way = remembered() ?? "json";

const viaFetch = (init) => fetch("/cart/add.js", { method: "POST", ...init }).then((response) => response.ok);
const viaXhr = (body) =>
  new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/cart/add.js");
    request.addEventListener("load", () => done(request.status === 200));
    request.send(body);
  });

const linesUpdate = (line, promise) =>
  Object.assign(new Event("shopify:cart:lines-update", { bubbles: true }), {
    action: "add",
    context: "product",
    lines: [{ merchandiseId: `gid://shopify/ProductVariant/${line.id}`, quantity: line.quantity }],
    promise,
  });

// Horizon's assets/product-form.js (2026-07): the event is sent before the request, and a refusal resolves its promise,
// without userErrors, but with `didError`.
async function addAsHorizon(form, fields, line) {
  let settle;
  form.dispatchEvent(linesUpdate(line, new Promise((resolve) => (settle = resolve))));
  const headers = { accept: "text/html", "x-requested-with": "XMLHttpRequest" };
  const response = await fetch("/cart/add", { method: "POST", headers, body: fields });
  const didError = Boolean((await response.json()).status);
  const { items } = await (await fetch("/cart.js")).json();
  settle({ cart: { lines: items }, detail: { didError, items, source: "product-form-component" } });
  return !didError;
}

// Dawn's assets/quick-add-bulk.js (15.4, 2025-12): what the cart shall hold of each variant.
async function addAsBulk(line) {
  const { items } = await (await fetch("/cart.js")).json();
  const held = items.find(({ variant_id }) => variant_id === line.id)?.quantity ?? 0;
  const body = JSON.stringify({ updates: { [line.id]: held + line.quantity } });
  const headers = { "content-type": "application/json", accept: "application/json" };
  return (await fetch("/cart/update", { method: "POST", headers, body })).ok;
}

function add(form) {
  const fields = new FormData(form);
  const line = { id: Number(fields.get("id")), quantity: Number(fields.get("quantity") ?? 1) };
  const asJson = { headers: { "content-type": "application/json" }, body: JSON.stringify({ items: [line] }) };
  if (way === "xhr") return viaXhr(new URLSearchParams(fields));
  if (way === "multipart") return viaFetch({ body: fields });
  if (way === "horizon") return addAsHorizon(form, fields, line);
  if (way === "bulk") return addAsBulk(line);
  if (way === "brackets") {
    const body = new URLSearchParams({ "items[0][id]": line.id, "items[0][quantity]": line.quantity });
    return fetch("/de/cart/add.json", { method: "POST", body }).then((response) => response.ok);
  }
  const adding = viaFetch(asJson);
  if (way === "standard") {
    const answer = adding.then((ok) => ({ cart: {}, userErrors: ok ? [] : [{ message: "refused" }] }));
    form.dispatchEvent(linesUpdate(line, answer));
  }
  return adding;
}

const element = (tag, fields, ...content) => {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...content);
  return made;
};

function showDrawer(cart) {
  document.querySelector("[data-drawer]")?.remove();
  const more = (line) =>
    element("button", {
      textContent: `One more ${line.product_title}`,
      onclick: async () => {
        const body = JSON.stringify({ id: line.key, quantity: line.quantity + 1 });
        const changed = { method: "POST", headers: { "content-type": "application/json" }, body };
        showDrawer(await (await fetch("/cart/change.js", changed)).json());
      },
    });
  const lines = cart.items.map((line) => element("p", {}, `${line.quantity} × ${line.product_title} `, more(line)));
  const checkout = element("button", { textContent: "Check out", onclick: () => location.assign("/checkout") });
  const drawer = element("aside", { ariaLabel: "Your cart" }, ...lines, checkout);
  drawer.dataset.drawer = "";
  document.body.append(drawer);
}

for (const form of document.querySelectorAll("[data-product-form]")) {
  form.elements.namedItem("id").disabled = false;
  form.addEventListener("submit", async (event) => {
    if (way === "form") return;
    event.preventDefault();
    document.querySelector("[data-added]").textContent = "";
    const worked = await add(form);
    const cart = await (await fetch("/cart.js")).json();
    document.querySelector("[data-cart-count]").textContent = String(cart.item_count);
    if (way === "drawer") showDrawer(cart);
    document.querySelector("[data-added]").textContent = worked ? "Added to your cart." : "This did not work.";
  });
}
const variants = document.querySelector("[data-variants]");
variants?.addEventListener("change", () => {
  const url = new URL(location.href);
  url.searchParams.set("variant", variants.value);
  history.replaceState({}, "", url);
});
