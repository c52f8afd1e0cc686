import type { Translated } from "../catalogue.ts";

export const comparison = {
  "no-access":
    "Shopify hat Tandem keinen Zugriff auf die Bestellungen des Onlineshops gegeben. Öffnen Sie die App erneut aus dem Admin des Onlineshops.",
  refused: "Shopify verweigert die Bestellungen und sagt: „{said}“",
  "refused-silently": "Shopify verweigert die Bestellungen und sagt nicht, warum.",
  forbidden:
    "Shopify verbietet Tandem, die Bestellungen zu lesen: Der App fehlt eine Berechtigung, oder ihr Server steht nicht auf der Liste der erlaubten Adressen. Fragen Sie, wer Tandem betreibt.",
  "request-refused":
    "Shopify lehnt die Anfrage von Tandem ab (Antwort {said}). Öffnen Sie die App erneut aus dem Admin des Onlineshops; hilft das nicht, fragen Sie, wer Tandem betreibt.",
  unavailable: "Shopify antwortet gerade nicht.",
} as const satisfies Translated<"comparison">;
