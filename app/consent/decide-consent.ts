import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { Origin } from "../outbox/types.ts";
import { requiresConsent } from "./regions-requiring-consent.ts";
import type { ConsentReceipt, ConsentRule } from "./types.ts";

export type ConsentQuestion = {
  readonly signal: ConsentSignal | null;
  readonly region: string | null;
  /** No rule asks for it today: what comes from a webhook, a browser or reconciliation is decided alike. */
  readonly origin: Origin;
  readonly now: Date;
};

/**
 * Whether an event may be sent. Only the visitor's browser can grant (never `buyer_accepts_marketing`, which is about
 * messages); where it said nothing, the region's rule decides, and an unknown region is treated like a refusal.
 */
export function decideConsent({ signal, region, now }: ConsentQuestion): ConsentReceipt {
  const [decision, rule] = signal === null ? withoutSignal(region) : fromSignal(signal);
  return { decision, rule, region, signal, decidedAt: now.getTime() };
}

type Ruling = readonly [ConsentReceipt["decision"], ConsentRule];

function fromSignal({ marketing, saleOfData }: ConsentSignal): Ruling {
  if (!marketing) return ["withhold", "browser-declined"];
  return saleOfData ? ["send", "browser-granted"] : ["send-limited", "sale-opt-out"];
}

function withoutSignal(region: string | null): Ruling {
  if (region === null) return ["withhold", "region-unknown"];
  return requiresConsent(region) ? ["withhold", "required-and-unknown"] : ["send", "not-required-in-region"];
}

/**
 * The event as the decision allows it: under a sale opt-out with Meta's Limited Data Use, where country 0 and state 0
 * let Meta place the person by the address it came from. Otherwise the event is left as it is.
 */
export const applyConsent = (body: MetaEvent, { decision }: Pick<ConsentReceipt, "decision">): MetaEvent =>
  decision === "send-limited"
    ? {
        ...body,
        data_processing_options: ["LDU"],
        data_processing_options_country: 0,
        data_processing_options_state: 0,
      }
    : body;
