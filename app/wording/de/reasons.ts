import type { Translated } from "../catalogue.ts";

export const reasons = {
  "waiting-for-payment":
    "Die Bestellung ist noch nicht bezahlt, und Sie zählen Bestellungen erst, wenn sie bezahlt sind.",
  "waiting-for-fulfillment":
    "Die Bestellung ist noch nicht zugestellt. Sie zählen Bestellungen, wenn sie zugestellt sind, oder wenn sie ausgeführt sind, falls kein Versanddienst die Zustellung meldet.",
  "waiting-for-tag":
    "Die Bestellung hat Ihren Tag noch nicht, und Sie zählen Bestellungen erst, wenn sie ihn erhalten.",
  "not-paid-in-time":
    "Die Bestellung wurde nicht innerhalb der Tage bezahlt, die Bestellungen auf ihre Zahlung warten dürfen. Die Anzahl der Tage ändern Sie unter „Einstellungen“, „Bestellungen“; sie gilt für Bestellungen, die noch warten.",
  "not-fulfilled-in-time":
    "Die Bestellung wurde nicht innerhalb der Tage zugestellt oder ausgeführt, die Bestellungen warten dürfen. Die Anzahl der Tage ändern Sie unter „Einstellungen“, „Bestellungen“; sie gilt für Bestellungen, die noch warten.",
  "not-tagged-in-time":
    "Die Bestellung hat Ihren Tag nicht innerhalb der Tage erhalten, die Bestellungen warten dürfen. Die Anzahl der Tage ändern Sie unter „Einstellungen“, „Bestellungen“; sie gilt für Bestellungen, die noch warten.",
  "test-order":
    "Das ist ein Test, und Tests werden nur unter einem Test-Event-Code gesendet. Kopieren Sie zum Ausprobieren den Code aus „Events testen“ im Events Manager von Meta, geben Sie ihn unter Einstellungen bei Ihrem Pixel ein und geben Sie die Testbestellung erneut auf.",
  "zero-value":
    "Der Wert der Bestellung ist nach der von Ihnen gewählten Berechnung null, und ein Kauf ohne Wert führt Meta in die Irre.",
  "cancelled-before-payment": "Die Bestellung wurde storniert, bevor sie bezahlt wurde.",
  "cancelled-before-counting":
    "Die Bestellung wurde storniert, bevor sie, wie von Ihnen gewählt, zugestellt, ausgeführt oder mit Ihrem Tag versehen wurde.",
  "channel-withheld": "Ihre Regel für diesen Vertriebskanal hält seine Bestellungen zurück.",
  "tag-withheld": "Ihre Regel für einen der Tags der Bestellung hält sie zurück.",
  "gift-cards-only":
    "Die Bestellung enthält nur Geschenkgutscheine, und Sie zählen Geschenkgutscheine nicht als Verkäufe.",
  "no-currency": "Das Event enthielt keine Währung, und Tandem rät keine.",
  "no-value": "Meta lehnt einen Verkauf ohne Wert ab.",
  "bad-value": "Der Wert ist kein Betrag, den Meta annimmt.",
  "bad-contents": "Einem der Artikel fehlt eine Katalog-ID oder ein Preis, den Meta annimmt.",
  "no-page-address": "Meta verlangt für jedes Website-Event die Adresse der Seite, und dieses Event hat keine.",
  "unhashed-customer-data": "Die Kundendaten hatten nicht die Form, die Meta annimmt. Deshalb wurde nichts gesendet.",
  "in-the-future": "Der Zeitpunkt liegt in der Zukunft, und Meta lehnt solche Events ab.",
  "no-customer-data":
    "Meist blockiert der Besucher Cookies, oder die Bestellung hat weder E-Mail noch Adresse: Nichts im Event weist auf den Kunden hin, und solche Events lehnt Meta ab.",
  bot: "Der Browser gibt sich als Bot zu erkennen, etwa als der einer Suchmaschine oder eines Überwachungsdienstes.",
  "no-pixel": "Zu diesem Zeitpunkt war kein Meta-Pixel verbunden.",
  "no-token": "Der verbundene Pixel hat kein Zugriffstoken. Ersetzen Sie es unter „Einstellungen“.",
  "server-leg-off": "Sie haben die Meldung dieses Events durch den Server ausgeschaltet.",
  "not-routed": "Jeder Pixel ist auf andere Länder, Vertriebskanäle oder Events beschränkt.",
  "pixel-paused": "Zu diesem Zeitpunkt waren alle verbundenen Pixel pausiert.",
  "pixel-disconnected": "Der Pixel wurde getrennt, bevor Meta das Event angenommen hat.",
  paused: "Der Pixel ist pausiert.",
  blocked: "Meta nimmt für diesen Pixel zurzeit keine Events an.",
  "app-uninstalled": "Die App war zu diesem Zeitpunkt deinstalliert.",
  "customer-redacted":
    "Shopify hat die Löschung der Daten dieses Kunden verlangt, bevor das Event gesendet wurde. Deshalb wurde es nicht gesendet. Sie müssen nichts tun.",
  "dedup-window-passed":
    "Das Event des Servers wäre mehr als 48 Stunden nach dem des Browsers eingetroffen. Meta führt ein solches Paar nicht mehr zusammen, es hätte also doppelt gezählt.",
  "too-old": "Das Event ist älter geworden als die 7 Tage, die Meta annimmt.",
  "consent-browser-granted": "Der Browser des Besuchers hat gemeldet, dass Marketing erlaubt ist.",
  "consent-browser-declined": "Der Browser des Besuchers hat gemeldet, dass Marketing nicht erlaubt ist.",
  "consent-no-shopper": "Es gibt keinen Kunden: Jemand aus Ihrem Shop hat diesen Test auf der Seite „Test“ gesendet.",
  "consent-not-required-in-region":
    "Kein Browser hat geantwortet, und in der Region des Käufers ist keine Einwilligung nötig.",
  "consent-required-and-unknown":
    "Meist hat der Kunde das Cookie-Banner abgelehnt oder nicht beachtet. Seine Region verlangt eine Einwilligung, und Tandem hat keine erhalten.",
  "consent-no-answer-withheld":
    "Meist hat der Kunde das Cookie-Banner nicht beachtet oder blockiert Tracking. Seine Region verlangt keine Antwort, aber Sie haben gewählt, solche Events nicht zu senden.",
  "consent-region-unknown":
    "Meist nennt die Bestellung kein Land, etwa an der Kasse oder am Telefon. So ist unbekannt, ob eine Einwilligung nötig ist, und auch kein Browser hat geantwortet.",
  "consent-sale-opt-out":
    "Der Besucher hat dem Verkauf seiner Daten widersprochen. Meta darf sie deshalb nur eingeschränkt nutzen.",
  "consent-customer-opted-out":
    "Laut dem Kundenprofil in Shopify hat der Kunde dem Verkauf seiner Daten widersprochen. Meta darf sie deshalb nur eingeschränkt nutzen.",
  "consent-opt-out-unknown":
    "Kunden dieser Region können dem Verkauf ihrer Daten widersprechen, und Shopify hat nicht geantwortet, ob dieser Kunde es getan hat. Sicherheitshalber darf Meta die Daten nur eingeschränkt nutzen.",
  unknown: "Für diesen Grund gibt es noch keine Beschreibung: {code}.",
} as const satisfies Translated<"reasons">;
