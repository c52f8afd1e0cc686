import type { Translated } from "../catalogue.ts";

export const costs = {
  "no-access":
    "Shopify hat Tandem keinen Zugriff auf den Onlineshop gegeben. Öffnen Sie die App erneut aus dem Admin des Onlineshops.",
  "no-scope": "Shopify lässt Tandem nicht lesen, was Ihre Produkte kosten: Erlauben Sie der App, Produkte anzusehen.",
  refused: "Shopify verweigert die Kosten Ihrer Produkte und sagt: „{said}“",
  "refused-silently": "Shopify verweigert die Kosten Ihrer Produkte und sagt nicht, warum.",
  forbidden:
    "Shopify verbietet Tandem, die Kosten Ihrer Produkte zu lesen: Der App fehlt eine Berechtigung, oder ihr Server steht nicht auf der Liste der erlaubten Adressen. Fragen Sie, wer Tandem betreibt.",
  "request-refused":
    "Shopify lehnt die Anfrage von Tandem nach den Kosten ab (Antwort {said}). Öffnen Sie die App erneut aus dem Admin des Onlineshops; hilft das nicht, fragen Sie, wer Tandem betreibt.",
  unavailable: "Shopify antwortet gerade nicht. Tandem liest die Kosten binnen einer Stunde noch einmal.",
} as const satisfies Translated<"costs">;
