import type { Watcher } from "./types.ts";

/** One watcher that tells several, each of what it wants to hear. */
export function together(watchers: readonly Partial<Watcher>[]): Watcher {
  return {
    webhook: (...fact) => watchers.forEach((each) => each.webhook?.(...fact)),
    webhookRefused: (...fact) => watchers.forEach((each) => each.webhookRefused?.(...fact)),
    quarantined: (...fact) => watchers.forEach((each) => each.quarantined?.(...fact)),
    posted: (...fact) => watchers.forEach((each) => each.posted?.(...fact)),
    written: (...fact) => watchers.forEach((each) => each.written?.(...fact)),
    added: (...fact) => watchers.forEach((each) => each.added?.(...fact)),
    undecided: (...fact) => watchers.forEach((each) => each.undecided?.(...fact)),
    decided: (...fact) => watchers.forEach((each) => each.decided?.(...fact)),
    requested: (...fact) => watchers.forEach((each) => each.requested?.(...fact)),
    settled: (...fact) => watchers.forEach((each) => each.settled?.(...fact)),
    answered: (...fact) => watchers.forEach((each) => each.answered?.(...fact)),
  };
}
