const valueOf = (form: HTMLFormElement, fields: string): string =>
  (form.querySelector<HTMLInputElement>(fields)?.value ?? "").trim();

async function hashed(text: string | undefined): Promise<string> {
  if (!text) return "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * What a form says of its sender, as text: the hashes of email address and phone number, and the merchant's own reference.
 * A number without its calling code has no hash, because its country is not known here. What was typed is read at once:
 * the form may be gone a moment later.
 */
export async function typedIn(form: HTMLFormElement): Promise<string> {
  const [email] =
    /^[^\s@]+@[^\s@]+$/.exec(valueOf(form, "[type=email],[name*=email i]").toLowerCase().normalize()) ?? [];
  const phone = /^(?:\+|00)([1-9](?:[ .-]?\d){6,14})$/.exec(valueOf(form, "[type=tel],[name*=phone i]"))?.[1];
  const reference = valueOf(form, "[name*=tandem_reference]");
  return [await hashed(email), await hashed(phone?.replace(/\D/g, "")), reference].join();
}
