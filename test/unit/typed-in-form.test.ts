import { expect, test } from "vitest";

import { normalizedEmail, sha256 } from "../../app/normalize/identity.ts";
import { normalizedPhone } from "../../app/normalize/phone.ts";
import { typedIn } from "../../app/theme-embed/typed-in-form.ts";

/** A form whose field has this value; the function reads nothing else of it. */
const aForm = (selector: string, value: string) =>
  ({ querySelector: (fields: string) => (fields.includes(selector) ? { value } : null) }) as unknown as HTMLFormElement;

test.each([
  " Ada.Lovelace+tea@Example.com ",
  "ada@büro.example",
  "ada@tea.co.uk",
  "ADA@EXAMPLE.COM",
  "Zoe\u0308@example.com",
])("the browser's hash of %j is the one under which the app looks for it", async (email) => {
  const [em] = (await typedIn(aForm("email", email))).split(",");
  expect(em).toBe(sha256(normalizedEmail(email) ?? "none"));
});

test.each(["+1 650-555-1212", "0049 30 901820", "+49.30.901820", "+420 601 123 456", "+442079460018"])(
  "the browser's hash of %j is the one under which the app looks for it",
  async (phone) => {
    const [, ph] = (await typedIn(aForm("phone", phone))).split(",");
    expect(ph).toBe(sha256(normalizedPhone(phone, null) ?? "none"));
  },
);

test.each(["", "ada", "ada@", "@example.com", "ada @example.com", "ada@example.com, bob@example.com"])(
  "%j is no email address, and has no hash",
  async (email) => expect(await typedIn(aForm("email", email))).toBe(",,"),
);

test.each(["", "650 555 1212", "030 901820", "+44 (0)20 7946 0018", "call me", "+49 30", "+1234567890123456"])(
  "%j has no calling code or is no number, and has no hash",
  async (phone) => expect(await typedIn(aForm("phone", phone))).toBe(",,"),
);

test("the merchant's reference is as it stands in the form", async () => {
  expect(await typedIn(aForm("tandem_reference", "deal, 7"))).toBe(",,deal, 7");
});
