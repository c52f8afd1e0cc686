import { PRESETS } from "../leads/hooks/presets.ts";
import type { HookPreset } from "../leads/hooks/types.ts";
import type { ParsedInput } from "../settings/types.ts";

/** What proves a CRM's requests. A secret of null is for Tandem to make, or for nobody. */
export type CrmProof = { readonly secret: string | null; readonly account: string | null };

type Given = { readonly preset: HookPreset } & CrmProof;
type Rule = {
  readonly field: "secret" | "account";
  readonly message: string;
  readonly isBroken: (given: Given) => boolean;
};

const from = (maker: "crm" | "none", preset: HookPreset): boolean => PRESETS[preset].secretFrom === maker;

const RULES: readonly Rule[] = [
  {
    field: "account",
    message: "An account’s ID has up to 64 letters, digits, hyphens and underscores.",
    isBroken: ({ account }) => account !== null && !/^[\w-]{1,64}$/.test(account),
  },
  {
    field: "account",
    message: "Enter the ID of your location: HighLevel signs for all its customers with one key.",
    isBroken: ({ preset, account }) => preset === "gohighlevel" && account === null,
  },
  {
    field: "account",
    message: "Enter the ID of your organization: in Salesforce, Setup, Company Information.",
    isBroken: ({ preset, account }) => PRESETS[preset].needsAccount && account === null,
  },
  {
    field: "secret",
    message: "This CRM signs with a key of its own, so leave the secret out.",
    isBroken: ({ preset, secret }) => from("none", preset) && secret !== null,
  },
  {
    field: "secret",
    message: "Enter the client secret of your app in the CRM.",
    isBroken: ({ preset, secret }) => from("crm", preset) && secret === null,
  },
  {
    field: "secret",
    message: "A secret has 16 to 200 characters, without spaces.",
    isBroken: ({ secret }) => secret !== null && !/^[\x21-\x7e]{16,200}$/.test(secret),
  },
];

const orNull = (text: string | undefined): string | null => text?.trim() || null;

/** The secret and the account as somebody entered them. */
export function crmProof(
  preset: HookPreset,
  input: { readonly secret?: string | undefined; readonly account?: string | undefined },
): ParsedInput<CrmProof> {
  const proof = { secret: orNull(input.secret), account: orNull(input.account) };
  const broken = RULES.find(({ isBroken }) => isBroken({ preset, ...proof }));
  if (broken === undefined) return { ok: true, value: proof };
  return { ok: false, problems: [{ field: broken.field, message: broken.message }] };
}
