import type { Translated } from "../catalogue.ts";

export const dataRequests = {
  introduction:
    "Kunden, die von Ihnen ihre Daten verlangt haben. Laden Sie die Datei herunter und geben Sie sie dem Kunden.",
  "none.heading": "Kein Kunde hat seine Daten verlangt",
  "none.text":
    "Wenn Sie im Shopify-Adminbereich die Daten eines Kunden anfordern, stellt Tandem zusammen, was es über ihn gespeichert hat, meist innerhalb einer Minute. Sie finden die Datei 30 Tage lang hier.",
  requested: "Angefordert",
  orders: "Bestellungen",
  state: "Status",
  left: "Noch verfügbar",
  "left.days": "{days, plural, one {# Tag} other {# Tage}}",
  file: "Datei",
  download: "Herunterladen",
  "download.of": "Herunterladen: Datei der Anfrage {requestId}",
  "download.not-permitted": "Ihre Rolle erlaubt keine Downloads",
  "download.gone":
    "Diese Datei gibt es nicht mehr: Ihre 30 Tage sind vorbei, oder der Kunde wurde gelöscht. Laden Sie die Seite neu, um zu sehen, was noch da ist.",
  "download.no-answer":
    "Die Datei konnte nicht heruntergeladen werden, weil Tandem nicht geantwortet hat. Versuchen Sie es in einer Minute noch einmal.",
} as const satisfies Translated<"dataRequests">;
