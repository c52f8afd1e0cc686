import type { Day } from "./daily-figure-types.ts";

const DAY_MS = 86_400_000;
const LENGTH = "2026-11-20".length;

/** A calendar has no clock, so the days are counted back from noon in no time zone. */
export const daysBefore = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T12:00:00Z`) - days * DAY_MS).toISOString().slice(0, LENGTH);
