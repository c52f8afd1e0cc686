import { PRESETS } from "../leads/hooks/presets.ts";
import type { HookPreset } from "../leads/hooks/types.ts";
import { problem } from "../settings/field-problem.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import type { ParsedInput } from "../settings/types.ts";

/** What proves a CRM's requests. A secret of null is for Tandem to make, or for nobody. */
export type CrmProof = { readonly secret: string | null; readonly account: string | null };

type Given = { readonly preset: HookPreset } & CrmProof;
type Rule = {
  readonly field: "secret" | "account";
  readonly message: Problem;
  readonly isBroken: (given: Given) => boolean;
};

const from = (maker: "crm" | "none", preset: HookPreset): boolean => PRESETS[preset].secretFrom === maker;

const LONGEST_ACCOUNT = 64;
const ACCOUNT = new RegExp(`^[\\w-]{1,${LONGEST_ACCOUNT}}$`);

const RULES: readonly Rule[] = [
  {
    field: "account",
    message: problem("crm.account", { most: LONGEST_ACCOUNT }),
    isBroken: ({ account }) => account !== null && !ACCOUNT.test(account),
  },
  {
    field: "account",
    message: problem("crm.account.location"),
    isBroken: ({ preset, account }) => preset === "gohighlevel" && account === null,
  },
  {
    field: "account",
    message: problem("crm.account.organization"),
    isBroken: ({ preset, account }) => PRESETS[preset].needsAccount && account === null,
  },
  {
    field: "secret",
    message: problem("crm.secret.none"),
    isBroken: ({ preset, secret }) => from("none", preset) && secret !== null,
  },
  {
    field: "secret",
    message: problem("crm.secret.missing"),
    isBroken: ({ preset, secret }) => from("crm", preset) && secret === null,
  },
  {
    field: "secret",
    message: problem("crm.secret.form", { least: 16, most: 200 }),
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
