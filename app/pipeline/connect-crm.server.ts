import type { ShopDomain } from "../event-contract/event-id.ts";
import { isStorable } from "../event-contract/storable-text.ts";
import { type HookStore, newHookSecret } from "../leads/hooks/hook-store.server.ts";
import { PRESETS } from "../leads/hooks/presets.ts";
import { type CrmHook, HOOK_PRESETS, type HookPreset } from "../leads/hooks/types.ts";
import { problem } from "../settings/field-problem.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import type { ParsedInput } from "../settings/types.ts";
import { crmMapping } from "./crm-mapping.ts";
import { crmProof } from "./crm-proof.ts";
import type { TriedItem } from "./try-mapping.ts";

export type ConnectCrmDeps = { readonly hooks: Pick<HookStore, "make" | "setMapping">; readonly by: string };

/** A connection as somebody entered it. Empty texts count as absent. */
export type CrmInput = {
  readonly name?: string | undefined;
  readonly preset?: string | undefined;
  readonly secret?: string | undefined;
  readonly account?: string | undefined;
  /** JSON; the preset's own where it is absent. */
  readonly mapping?: string | undefined;
  /** What the CRM sends; a mapping of one's own is saved only after it has read one. */
  readonly example?: string | undefined;
};

/** `secret`: to enter in the CRM, where Tandem made it. It can be read this once. */
export type ConnectedCrm = {
  readonly hook: CrmHook;
  readonly secret: string | null;
  readonly tried: readonly TriedItem[] | null;
};

const LONGEST_NAME = 50;

const refused = (field: string, message: Problem) => ({ ok: false, problems: [{ field, message }] }) as const;

/** Makes an address for a CRM. */
export async function connectCrm(
  shop: ShopDomain,
  input: CrmInput,
  { hooks, by }: ConnectCrmDeps,
): Promise<ParsedInput<ConnectedCrm>> {
  const name = input.name?.trim() ?? "";
  const preset = HOOK_PRESETS.find((known) => known === input.preset);
  if (!isName(name)) return refused("name", problem("crm.name", { most: LONGEST_NAME }));
  if (preset === undefined) return refused("preset", problem("crm.preset", { known: HOOK_PRESETS.join(", ") }));
  const proof = crmProof(preset, input);
  if (!proof.ok) return proof;
  const mapped = crmMapping(preset, input);
  if (!mapped.ok) return mapped;
  const ours = ownSecret(preset, proof.value.secret);
  const { mapping, tried } = mapped.value;
  const { account } = proof.value;
  const hook = await hooks.make(shop, { name, preset, mapping, account, secret: ours ?? proof.value.secret, by });
  return { ok: true, value: { hook, secret: ours, tried } };
}

const isName = (text: string): boolean => text !== "" && text.length <= LONGEST_NAME && isStorable(text);

/** A new secret where Tandem makes it and nobody gave one. */
const ownSecret = (preset: HookPreset, given: string | null): string | null =>
  given === null && PRESETS[preset].secretFrom === "tandem" ? newHookSecret() : null;

/** Gives an address another mapping, after that has read an example. */
export async function remapHook(
  { shop, id, preset }: Pick<CrmHook, "shop" | "id" | "preset">,
  input: Pick<CrmInput, "mapping" | "example">,
  { hooks }: Pick<ConnectCrmDeps, "hooks">,
): Promise<ParsedInput<{ readonly tried: readonly TriedItem[] | null }>> {
  const mapped = crmMapping(preset, input);
  if (!mapped.ok) return mapped;
  const { mapping, tried } = mapped.value;
  const isThere = await hooks.setMapping(shop, id, mapping);
  return isThere ? { ok: true, value: { tried } } : refused("hook", problem("crm.hook.gone"));
}

/** A secret that replaces another one; `ours`: Tandem made it. */
export function nextSecret(
  { preset, account }: Pick<CrmHook, "preset" | "account">,
  given: string | undefined,
): ParsedInput<{ readonly secret: string; readonly isOurs: boolean }> {
  const proof = crmProof(preset, { secret: given, account: account ?? undefined });
  if (!proof.ok) return proof;
  const ours = ownSecret(preset, proof.value.secret);
  const secret = ours ?? proof.value.secret;
  return secret === null
    ? refused("hook", problem("crm.secret.no-other"))
    : { ok: true, value: { secret, isOurs: ours !== null } };
}
