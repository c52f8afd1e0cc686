import { type HookFacts, type HookStore } from "../leads/hooks/hook-store.server.ts";
import { PRESETS } from "../leads/hooks/presets.ts";
import { connectCrm, nextSecret, remapHook } from "../pipeline/connect-crm.server.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import { type Answer, knownShop, refused } from "./shop-answer.ts";
import { overlapHours } from "./shop-keys.ts";
import type { ShopOptions } from "./shop-options.ts";

type Ports = { readonly settings: Pick<SettingsStore, "profile">; readonly crmHooks: HookStore };

const HOUR_MS = 3_600_000;
const ONCE = "The secret is shown this once, and stored sealed.";

const addressOf = ({ id, preset }: Pick<HookFacts, "id" | "preset">): string =>
  `/api/leads/hooks/${id}${PRESETS[preset].scheme === "secret-in-address" ? "?secret=…" : ""}`;

/** An address for a CRM, with its secret where Tandem makes it. */
export async function makeHook(values: ShopOptions, ports: Ports): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const { shop } = profile;
  const made = await connectCrm(shop, values, { hooks: ports.crmHooks, by: "operator" });
  if (!made.ok) return { kind: "refused", problems: made.problems };
  const { hook, secret, tried } = made.value;
  const text = [`${shop}: ${hook.name} sends to`, addressOf(hook), ...(secret === null ? [] : [secret, ONCE])];
  return { kind: "done", facts: { shop, id: hook.id, path: addressOf(hook), secret, tried }, text: text.join("\n") };
}

export async function listHooks(values: ShopOptions, ports: Ports): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const hooks = await ports.crmHooks.list(profile.shop);
  const text = hooks.map(inOneLine).join("\n") || `${profile.shop} has no address for a CRM.`;
  return { kind: "done", facts: { shop: profile.shop, hooks }, text };
}

type Change = (hook: HookFacts, values: ShopOptions, ports: Ports) => Promise<Answer>;

/** A change to the address that `--hook` names. */
const changeHook =
  (change: Change) =>
  async (values: ShopOptions, ports: Ports): Promise<Answer> => {
    const profile = await knownShop(values, ports);
    if ("kind" in profile) return profile;
    const hooks = await ports.crmHooks.list(profile.shop);
    const hook = hooks.find(({ id, revokedAt }) => id === values.hook && revokedAt === null);
    return hook === undefined
      ? refused("hook", "give the ID of an address that works; `hooks` lists them")
      : change(hook, values, ports);
  };

export const mapHook = changeHook(async (hook, values, { crmHooks }) => {
  const mapped = await remapHook(hook, values, { hooks: crmHooks });
  if (!mapped.ok) return { kind: "refused", problems: mapped.problems };
  const { tried } = mapped.value;
  return { kind: "done", facts: { id: hook.id, tried }, text: `${hook.shop}: the mapping of ${hook.name} is saved.` };
});

/** Both secrets work until the overlap is over. */
export const rotateHook = changeHook(async (hook, values, { crmHooks }) => {
  const hours = overlapHours(values);
  if (hours === null) return refused("overlap", "give whole hours from 0 to 720");
  const next = nextSecret(hook, values.secret);
  if (!next.ok) return { kind: "refused", problems: next.problems };
  await crmHooks.rotate(hook.shop, hook.id, { secret: next.value.secret, overlapMs: hours * HOUR_MS });
  const secret = next.value.isOurs ? next.value.secret : null;
  const text = `${hook.shop}: ${hook.name} has a new secret; the old one works for ${hours} hours more`;
  return { kind: "done", facts: { id: hook.id, secret }, text: secret === null ? text : `${text}\n${secret}\n${ONCE}` };
});

export const revokeHook = changeHook(async ({ shop, id, name }, _values, { crmHooks }) => {
  await crmHooks.revoke(shop, id);
  return { kind: "done", facts: { shop, revoked: id }, text: `${shop}: the address of ${name} is revoked.` };
});

const inOneLine = (hook: HookFacts): string =>
  [
    `${hook.id}  ${hook.name}  ${hook.preset}${hook.account === null ? "" : ` of ${hook.account}`}`,
    hook.lastUsedAt === null ? "never used" : `last used ${hook.lastUsedAt.toISOString()}`,
    ...(hook.revokedAt === null ? [] : [`revoked ${hook.revokedAt.toISOString()}`]),
    ...(hook.formerUntil === null ? [] : [`former secret until ${hook.formerUntil.toISOString()}`]),
  ].join("  ");
