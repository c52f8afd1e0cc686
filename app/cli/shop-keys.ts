import { API_SCOPES, type ApiKeyFacts, type ApiKeys } from "../leads/api-keys.server.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import { type Answer, knownShop, refused } from "./shop-answer.ts";
import type { ShopOptions } from "./shop-options.ts";

type Ports = { readonly settings: Pick<SettingsStore, "profile">; readonly apiKeys: ApiKeys };

const LONGEST_NAME = 50;
const MOST_HOURS = 24 * 30;
const OVERLAP_HOURS = 24;
const HOUR_MS = 3_600_000;

const ONCE = "It is shown this once, and only its digest is stored. Keep it like a password.";

/** A key for the merchant's own programs, printed once. */
export async function makeKey(values: ShopOptions, ports: Ports): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const name = values.name?.trim() ?? "";
  if (name === "" || name.length > LONGEST_NAME) {
    return refused("name", "say in up to 50 characters what the key is for");
  }
  const { shop } = profile;
  const { id, key } = await ports.apiKeys.make(shop, { name, scopes: API_SCOPES, by: "operator" });
  return { kind: "done", facts: { shop, id, key, scopes: API_SCOPES }, text: `${shop}: key ${id}\n${key}\n${ONCE}` };
}

export async function listKeys(values: ShopOptions, ports: Ports): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const keys = await ports.apiKeys.list(profile.shop);
  const text = keys.map(inOneLine).join("\n") || `${profile.shop} has no API key.`;
  return { kind: "done", facts: { shop: profile.shop, keys }, text };
}

/** A new key in the place of another, which works until the overlap is over. */
export async function rotateKey(values: ShopOptions, ports: Ports): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const { shop } = profile;
  const { key: id = "" } = values;
  const hours = overlapHours(values);
  if (hours === null) return refused("overlap", `give whole hours from 0 to ${MOST_HOURS}`);
  const made = await ports.apiKeys.rotate(shop, id, { overlapMs: hours * HOUR_MS, by: "operator" });
  if (made === null) return refused("key", "give the ID of a key that works; `keys` lists them");
  const text = `${shop}: key ${made.id} replaces ${id}, which works for ${hours} hours more\n${made.key}\n${ONCE}`;
  return { kind: "done", facts: { shop, ...made, replaces: id }, text };
}

export const overlapHours = ({ overlap }: Pick<ShopOptions, "overlap">): number | null => {
  const hours = overlap === undefined ? OVERLAP_HOURS : Number(overlap);
  return Number.isInteger(hours) && hours >= 0 && hours <= MOST_HOURS ? hours : null;
};

export async function revokeKey(values: ShopOptions, ports: Ports): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const { shop } = profile;
  if (!(await ports.apiKeys.revoke(shop, values.key ?? ""))) {
    return refused("key", "give the ID of a key that is not revoked; `keys` lists them");
  }
  return { kind: "done", facts: { shop, revoked: values.key }, text: `${shop}: key ${values.key ?? ""} is revoked.` };
}

const inOneLine = ({ id, name, scopes, revokedAt, expiresAt, lastUsedAt }: ApiKeyFacts): string =>
  [
    `${id}  ${name}  ${scopes.join(", ")}`,
    lastUsedAt === null ? "never used" : `last used ${lastUsedAt.toISOString()}`,
    ...(revokedAt === null ? [] : [`revoked ${revokedAt.toISOString()}`]),
    ...(expiresAt === null ? [] : [`expires ${expiresAt.toISOString()}`]),
  ].join("  ");
