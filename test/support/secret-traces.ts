export type Secret = { readonly name: string; readonly text: string };
export type Output = { readonly what: string; readonly text: string };

/** A key of TANDEM_ENCRYPTION_KEYS, `id:base64`, as it is written and as its bytes. */
export function secretsOfKey(listed: string): Secret[] {
  const base64 = listed.split(":")[1] ?? "";
  return [
    { name: "an encryption key", text: base64 },
    { name: "the bytes of an encryption key", text: Buffer.from(base64, "base64").toString("hex") },
  ];
}

/** The characters that are a secret's own inside a longer base64 text, for the three places at which it may begin. */
const base64Within = (bytes: Buffer): string[] =>
  [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return encoded.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + bytes.length) * 8) / 6) - 1);
  });

const urlSafe = (base64: string): string => base64.replaceAll("+", "-").replaceAll("/", "_");
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
const forms = (text: string): string[] => {
  const bytes = Buffer.from(text);
  const base64 = base64Within(bytes);
  return [
    text,
    text.split("").reverse().join(""),
    encodeURIComponent(text),
    encodeURIComponent(encodeURIComponent(text)),
    escaped(text),
    escaped(text).replaceAll("/", "\\/"),
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("+", "&#43;"),
    bytes.toString("hex"),
    ...base64,
    ...base64.map(urlSafe),
    ...base64.map(encodeURIComponent),
  ];
};

/** The secrets that an output shows, in plain or in one of the forms in which a text is passed on. */
export function secretsIn(output: string, secrets: readonly Secret[]): string[] {
  const lower = output.toLowerCase();
  return secrets.flatMap(({ name, text }) =>
    // Case is ignored for the sake of hex and of percent signs; a secret is too long to be met by chance.
    forms(text).some((form) => lower.includes(form.toLowerCase())) ? [name] : [],
  );
}

/** `output: secret` for each output that shows one. */
export const leaksIn = (outputs: readonly Output[], secrets: readonly Secret[]): string[] =>
  outputs.flatMap(({ what, text }) => secretsIn(text, secrets).map((name) => `${what}: ${name}`));
