import type { Translated } from "../catalogue.ts";

export const testing = {
  badge: "Test",
  "badge.meaning":
    "Ein Test-Event: Meta hat es nur unter einem Test-Event-Code erhalten, und es zählt in keiner Zahl von Tandem.",
  name: "{name} (Test)",
} as const satisfies Translated<"testing">;
