import type { Translated } from "../catalogue.ts";

export const legs = {
  both: "Browser und Server",
  browser: "Nur Browser",
  server: "Nur Server",
  off: "Nicht gemeldet",
  agree: "Zusammengeführt",
  differ: "Browser und Server weichen ab",
  one: "Noch nicht vollständig",
  "origin.webhook": "Shopifys Bestell-Webhook",
  "origin.collector": "Der Browser des Käufers",
  "origin.reconciled": "Ein Abgleich mit den Bestellungen in Shopify",
  "origin.test": "Die Seite „Test“",
  "origin.lead": "Ihr eigenes System, über einen Lead",
  "skipped.no-order-id": "Shopify hat dem Browser keine Bestell-ID gegeben. Deshalb meldet nur der Server diesen Kauf.",
  "skipped.manual-payment":
    "Die Bestellung wird später bezahlt (Überweisung, Nachnahme). Deshalb meldet der Server sie, sobald sie bezahlt ist.",
  "skipped.no-currency": "Shopify hat dem Browser keine Währung gegeben, und Tandem rät keine.",
  "skipped.unreadable-checkout":
    "Shopify hat den Checkout in einer Form beschrieben, die Tandem nicht lesen konnte. Deshalb meldet ihn nur der Server.",
  "skipped.zero-value": "Der Wert des Kaufs ist nach der von Ihnen gewählten Berechnung null.",
  "skipped.no-pixel":
    "Als der Käufer das getan hat, war kein Pixel verbunden oder keiner für dieses Event oder dieses Land.",
  "skipped.switched-off": "Sie haben gewählt, dass nur der Server dieses Event sendet.",
  "reached.both": "Zusammengeführt",
  "reached.differing": "Browser und Server weichen ab",
  "reached.server": "Nur Server",
  "reached.browser": "Nur Browser",
  "reached.none": "Keine Seite",
} as const satisfies Translated<"legs">;
