import type { Translated } from "../catalogue.ts";

export const testing = {
  badge: "Test",
  "badge.meaning":
    "Testovací událost: Meta ji obdržela jen pod kódem testovací události a v číslech Tandemu se nepočítá.",
  name: "{name} (test)",
} as const satisfies Translated<"testing">;
