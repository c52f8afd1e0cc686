// The checkout's own script: one page, whose steps are reported to the web pixels as the buyer confirms them.

type Publish = (name: string, data: unknown) => void;

const STEPS = [
  "checkout_contact_info_submitted",
  "checkout_address_info_submitted",
  "checkout_shipping_info_submitted",
  "payment_info_submitted",
];

const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const publish: Publish = (name, data) =>
  (window as unknown as { simulatedCheckoutEvents?: Publish }).simulatedCheckoutEvents?.(name, data);

async function pay(form: HTMLFormElement): Promise<void> {
  const base = form.dataset["checkout"] ?? "";
  const fields = new FormData(form);
  const details = { ...Object.fromEntries(fields), acceptsMarketing: fields.has("acceptsMarketing") };
  const saved = await post(`${base}/details`, details);
  // Both answers are the simulator's own.
  const answer = (await saved.json()) as { checkout?: unknown; problem?: string };
  const alert = form.querySelector("[role=alert]");
  if (alert) alert.textContent = answer.problem ?? "";
  if (!saved.ok) return;
  for (const step of STEPS) publish(step, { checkout: answer.checkout });
  const done = (await (await post(`${base}/complete`, {})).json()) as { next: string };
  location.assign(done.next);
}

document.querySelector<HTMLFormElement>("form[data-checkout]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  // The listener sits on the checkout's form only.
  void pay(event.currentTarget as HTMLFormElement);
});
