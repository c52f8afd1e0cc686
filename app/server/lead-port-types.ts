import type { LeadConditions, LeadCounts, LeadFacts, LeadPage, RefusedPage } from "../leads/lead-list-types.ts";
import type { LeadEvent } from "../ledger/types.ts";
import type { ApiKeyFacts } from "../leads/api-keys.server.ts";
import type { HookFacts } from "../leads/hooks/hook-store.server.ts";
import type { TriedItem } from "../pipeline/try-mapping.ts";
import type { FieldProblem, Funnel, FunnelWarning } from "../settings/types.ts";

/** Of so many days until now. */
export const LEAD_PERIODS = ["7", "30", "90"] as const;
export type LeadPeriod = (typeof LEAD_PERIODS)[number];

export type LeadsQuery = Omit<LeadConditions, "from"> & {
  readonly period?: LeadPeriod | undefined;
  readonly cursor?: string | undefined;
  /** Of the list of reports that changed nothing. */
  readonly refusedCursor?: string | undefined;
};

/** What the list of leads shows. The counts are of the period and the origin. */
export type LeadsView = {
  readonly counts: LeadCounts;
  readonly page: LeadPage;
  readonly refused: RefusedPage;
  readonly funnel: Funnel;
};

export type LeadView = {
  readonly lead: LeadFacts;
  /** Of its form and of its stages, with Meta's last answers. */
  readonly events: readonly LeadEvent[];
  readonly funnel: Funnel;
};

/** A stage that somebody reports on the lead's page. */
export type StageByHand = {
  readonly leadId: string;
  readonly stage: string;
  readonly at: Date;
  readonly worth: { readonly value: number; readonly currency: string } | null;
  /** The same for a form that is sent twice. */
  readonly key: string;
};

/**
 * Where the next secret of an address comes from: `given` by the CRM; `either`, made by Tandem unless one is given; `made` by
 * Tandem, because the address carries it. Null: the CRM signs with a key of its own.
 */
export type NextSecret = "given" | "either" | "made" | null;

/** `formerUntil`: until when the secret before this one works as well; null once that is over. */
export type ListedHook = HookFacts & { readonly nextSecret: NextSecret };

/** Everything that the set-up of leads shows. */
export type LeadSetup = {
  readonly funnel: Funnel;
  readonly settingsVersion: number;
  readonly warnings: readonly FunnelWarning[];
  readonly keys: readonly ApiKeyFacts[];
  readonly hooks: readonly ListedHook[];
  /** What a hook's address begins with: HubSpot signs the address, so it is the configured one, whatever a proxy makes of it. */
  readonly origin: string;
};

export type HookChange =
  | { readonly kind: "mapped"; readonly tried: readonly TriedItem[] | null }
  /** `secret`: where Tandem made it. */
  | { readonly kind: "renewed"; readonly secret: string | null }
  | { readonly kind: "invalid"; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "no-such-hook" };
