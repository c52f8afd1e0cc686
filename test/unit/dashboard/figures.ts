import type { DailyFigure } from "../../../app/ledger/daily-figure-types.ts";

/** A Purchase that both legs reported alike and Meta accepted. */
export const aFigure = (change: Partial<DailyFigure> = {}): DailyFigure => ({
  day: "2026-11-20",
  eventName: "Purchase",
  outcome: "delivered",
  reason: null,
  legs: "both",
  currency: "EUR",
  events: 1,
  keys: { em: 0, ph: 0, fbp: 0, fbc: 0, external_id: 0, ip: 0, ua: 0 },
  value: 0,
  delays: [],
  ...change,
});
