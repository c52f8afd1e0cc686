import type { UserData } from "../../event-contract/meta-event.ts";

/** One `user_data` key that was sent, masked so that it does not identify the person. */
export type SentKey = { readonly key: string; readonly meaning: string; readonly shown: string };

const MEANINGS = {
  em: "Email address",
  ph: "Phone number",
  fn: "First name",
  ln: "Last name",
  ge: "Gender",
  db: "Date of birth",
  ct: "City",
  st: "State or province",
  zp: "Postal code",
  country: "Country",
  external_id: "Shopify customer ID",
  client_ip_address: "IP address",
  client_user_agent: "Browser (user agent)",
  fbc: "Meta click id",
  fbp: "Meta browser id",
  subscription_id: "Subscription",
  lead_id: "Instant Form lead",
} as const satisfies Record<keyof UserData, string>;

const HASH_CHARACTERS_SHOWN = 6;

/**
 * The keys that were sent to Meta, masked for the screen. Hashes are cut to six characters: enough to compare two
 * events by eye, too few to look anyone up. For IP address and user agent it says only that they were sent.
 */
export function sentKeys(userData: UserData): readonly SentKey[] {
  // Object.entries forgets the key type; UserData is built by our own normalizer and has no other keys.
  const entries = Object.entries(userData) as [keyof UserData, UserData[keyof UserData]][];
  return entries
    .filter(([, value]) => value !== undefined && value.length > 0)
    .map(([key, value]) => ({ key, meaning: MEANINGS[key], shown: shown(value) }));
}

function shown(value: string | readonly string[] | undefined): string {
  if (value === undefined || typeof value === "string") return "sent in clear, as Meta requires";
  return value.map((hash) => `${hash.slice(0, HASH_CHARACTERS_SHOWN)}… (SHA-256)`).join(", ");
}
