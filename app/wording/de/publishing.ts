import type { Translated } from "../catalogue.ts";

export const publishing = {
  "no-web-pixel":
    "Bei Shopify hat diese App noch kein Web-Pixel. Wer Tandem betreibt, muss es einmal ausrollen (shopify app deploy).",
  "web-pixel-unnamed": "Shopify hat das Web-Pixel angenommen, aber dessen ID nicht genannt.",
  metafield: "Shopify sendet das Metafeld der Kunden nicht, das Ihre Stufen nennen, und sagt: „{said}“",
  refused: "Shopify lehnt sie ab und sagt: „{said}“",
  "refused-silently": "Shopify lehnt sie ab und sagt nicht, warum.",
  forbidden:
    "Shopify verbietet Tandem, sie zu speichern: Der App fehlt eine Berechtigung, oder ihr Server steht nicht auf der Liste der erlaubten Adressen. Fragen Sie, wer Tandem betreibt.",
  "request-refused":
    "Shopify lehnt die Anfrage von Tandem ab (Antwort {said}). Öffnen Sie die App noch einmal aus der Verwaltung des Shops; hilft das nicht, fragen Sie, wer Tandem betreibt.",
  unavailable: "Shopify antwortet gerade nicht. Tandem versucht es jede Minute wieder.",
  earlier: "Shopify hat sie nicht angenommen: „{said}“",
} as const satisfies Translated<"publishing">;
