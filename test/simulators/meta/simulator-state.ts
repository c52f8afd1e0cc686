import { createEventLedger, type EventLedger } from "./event-ledger.ts";
import type { GraphRequestLine } from "./events-manager-page.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { MalformedHit } from "./tr-endpoint.ts";

export type MetaSimulatorState = {
  readonly ledger: EventLedger;
  readonly faults: Faults;
  /** Token of each dataset (pixel). */
  readonly datasets: Map<string, string>;
  readonly requests: GraphRequestLine[];
  readonly malformed: MalformedHit[];
  /** Pixels whose configuration forbids sending. */
  readonly blockedPixels: Set<string>;
  /** Pixels whose configuration is answered with an error. */
  readonly brokenPixels: Set<string>;
  readonly now: () => Date;
  /** Forgets everything received and every fault; the datasets stay. */
  readonly reset: () => void;
};

export function createSimulatorState(now: () => Date): MetaSimulatorState {
  const ledger = createEventLedger();
  const faults = createFaults();
  const requests: GraphRequestLine[] = [];
  const malformed: MalformedHit[] = [];
  const blockedPixels = new Set<string>();
  const brokenPixels = new Set<string>();
  const reset = (): void => {
    ledger.clear();
    faults.clear();
    blockedPixels.clear();
    brokenPixels.clear();
    requests.length = 0;
    malformed.length = 0;
  };
  return { ledger, faults, datasets: new Map(), requests, malformed, blockedPixels, brokenPixels, now, reset };
}
