import type { Translated } from "../catalogue.ts";

export const dryRun = {
  "kind.online": "Onlineshop",
  "kind.b2b": "Onlineshop, Geschäftskunde",
  "kind.channel-visit": "Onlineshop, über die App eines Vertriebskanals",
  "kind.pos": "Point of Sale",
  "kind.draft": "Bestellentwurf",
  "kind.admin": "In der Shopify-App erstellt",
  "kind.renewal": "Verlängerung eines Abonnements",
  "kind.channel": "Ein anderer Vertriebskanal",
  "kind.unknown-source": "Unbekannte Herkunft",
  "answer.allowed": "Marketing ist erlaubt",
  "answer.limited": "Marketing ist erlaubt, der Verkauf der Daten nicht",
  "answer.declined": "Marketing ist nicht erlaubt",
  "answer.none": "Keine Antwort: Kein Browser hat die Bestellung gemeldet",
  "rule.purchase-trigger-paid": "Sie zählen Bestellungen, wenn sie bezahlt sind.",
  "rule.purchase-trigger-fulfilled":
    "Sie zählen Bestellungen, wenn sie zugestellt sind, oder ausgeführt, falls kein Versanddienst die Zustellung meldet.",
  "rule.purchase-trigger-tagged": "Sie zählen Bestellungen, wenn sie Ihren Tag erhalten.",
  "rule.own": "Ihre Regel für {rule}.",
} as const satisfies Translated<"dryRun">;
