import type { ShopDomain } from "../../event-contract/event-id.ts";
import type { Result } from "../../event-contract/result.ts";
import type { Problem } from "../../wording/field-problem-words.ts";
import type { HookMapping } from "./mapping-schema.ts";

export const HOOK_PRESETS = [
  "hubspot",
  "pipedrive",
  "salesforce-flow",
  "salesforce-message",
  "gohighlevel",
  "generic",
] as const;
export type HookPreset = (typeof HOOK_PRESETS)[number];

/** An address that a CRM sends stages to, without its secrets. */
export type CrmHook = {
  /** The last part of the address. */
  readonly id: string;
  readonly shop: ShopDomain;
  readonly name: string;
  readonly preset: HookPreset;
  readonly mapping: HookMapping;
  /** The only account of the CRM that may send here; null: whoever has the secret. */
  readonly account: string | null;
};

/** A request as it came, before anything of it is parsed. */
export type HookRequest = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The whole address, as the CRM was given it. */
  readonly url: string;
  readonly body: Buffer;
  readonly receivedAt: Date;
};

export type HookCheck = "verified" | "no-signature" | "bad-signature" | "stale";

/** What a mapping makes of a body: a part of it that is no report, one in the form of the API, or one that it cannot read. */
export type MappedItem =
  | { readonly kind: "ignored" }
  | { readonly kind: "stated"; readonly item: object; readonly id: string | null }
  | { readonly kind: "problem"; readonly problem: Problem };

export type MappedBody = Result<readonly MappedItem[], { readonly problem: Problem }>;
