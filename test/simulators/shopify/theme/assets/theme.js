// The theme's own script, as merchants' themes have one: adds to the cart without leaving the page.
for (const form of document.querySelectorAll("[data-product-form]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const line = { id: Number(fields.get("id")), quantity: Number(fields.get("quantity")) };
    const response = await fetch("/cart/add.js", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ items: [line] }),
    });
    const cart = await (await fetch("/cart.js")).json();
    document.querySelector("[data-cart-count]").textContent = String(cart.item_count);
    document.querySelector("[data-added]").textContent = response.ok ? "Added to your cart." : "This did not work.";
  });
}
const variants = document.querySelector("[data-variants]");
variants?.addEventListener("change", () => {
  const url = new URL(location.href);
  url.searchParams.set("variant", variants.value);
  history.replaceState({}, "", url);
});
