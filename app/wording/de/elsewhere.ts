import type { Translated } from "../catalogue.ts";

export const elsewhere = {
  physical_store: "Ein Verkauf an der Kasse hat keinen Browser, es gab also kein Cookie-Banner zu beantworten.",
  system_generated:
    "Dies geschah ohne den Kunden an einem Browser, wie die Verlängerung eines Abonnements; es gab also kein Cookie-Banner zu beantworten.",
  phone_call: "Eine Bestellung am Telefon hat keinen Browser, es gab also kein Cookie-Banner zu beantworten.",
  other:
    "Eine Bestellung, die Ihr Personal oder eine andere App eingegeben hat, hat keinen Browser; es gab also kein Cookie-Banner zu beantworten.",
  "consent-required-and-unknown":
    "Die Region des Kunden verlangt eine Einwilligung, und ohne sie sendet Tandem nichts.",
  "consent-no-answer-withheld":
    "Die Region verlangt keine Antwort, aber Sie haben gewählt, Events ohne Antwort nicht zu senden.",
  "consent-region-unknown":
    "Auch ein Land ist nicht genannt. Ob eine Einwilligung nötig ist, ist deshalb unbekannt, und Tandem sendet nichts.",
  "no-customer-data":
    "Weder E-Mail-Adresse noch Telefonnummer noch Anschrift sind genannt: Nichts weist den Kunden aus, und Meta lehnt solche Events ab.",
  "anywhere.consent-required-and-unknown":
    "Meist hat der Kunde das Cookie-Banner abgelehnt oder nicht beachtet, oder es gab keines, wie an der Kasse, bei der Verlängerung eines Abonnements oder einer von Ihrem Personal eingegebenen Bestellung. Die Region verlangt eine Einwilligung, und Tandem hat keine erhalten.",
  "anywhere.consent-no-answer-withheld":
    "Meist hat der Kunde das Cookie-Banner nicht beachtet oder blockiert Tracking, oder es gab kein Banner, wie an der Kasse, bei der Verlängerung eines Abonnements oder einer von Ihrem Personal eingegebenen Bestellung. Die Region verlangt keine Antwort, aber Sie haben gewählt, solche Events nicht zu senden.",
} as const satisfies Translated<"elsewhere">;
