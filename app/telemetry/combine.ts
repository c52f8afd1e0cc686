import type { Watcher } from "./types.ts";

/** One watcher that passes each fact on to those of several watchers that implement it. */
export function combine(watchers: readonly Partial<Watcher>[]): Watcher {
  return {
    webhook: (...fact) => watchers.forEach((watcher) => watcher.webhook?.(...fact)),
    webhookRefused: (...fact) => watchers.forEach((watcher) => watcher.webhookRefused?.(...fact)),
    quarantined: (...fact) => watchers.forEach((watcher) => watcher.quarantined?.(...fact)),
    posted: (...fact) => watchers.forEach((watcher) => watcher.posted?.(...fact)),
    written: (...fact) => watchers.forEach((watcher) => watcher.written?.(...fact)),
    added: (...fact) => watchers.forEach((watcher) => watcher.added?.(...fact)),
    undecided: (...fact) => watchers.forEach((watcher) => watcher.undecided?.(...fact)),
    decided: (...fact) => watchers.forEach((watcher) => watcher.decided?.(...fact)),
    requested: (...fact) => watchers.forEach((watcher) => watcher.requested?.(...fact)),
    settled: (...fact) => watchers.forEach((watcher) => watcher.settled?.(...fact)),
    answered: (...fact) => watchers.forEach((watcher) => watcher.answered?.(...fact)),
  };
}
