import type { Translated } from "../catalogue.ts";

export const orderPage = {
  heading: "Bestellung {order}",
  "in-shopify": "Bestellung in Shopify öffnen",
  copy: "Als JSON kopieren",
  "copy.details": "Ohne die Angaben des Kunden, für eine Anfrage beim Support.",
  copied: "Kopiert",
  "copy.by-hand": "Ihr Browser hat Tandem nicht kopieren lassen. Markieren Sie den Text und kopieren Sie ihn.",
  summary: "Was aus dieser Bestellung wurde",
  "summary.text":
    "{count, plural, one {Tandem hat aus dieser Bestellung ein Event gemacht.} other {Tandem hat aus dieser Bestellung # Events gemacht.}} Sendet es auch der Browser, haben beide dieselbe Event-ID, deshalb zählt Meta es einmal.",
  "event.of": "{name}, {state}",
  "event.sent-at": "Geschehen {at}. Wert: {amount}.",
  "event.happened": "Geschehen {at}.",
  "event.page": "{name} auf eigener Seite",
  "missing.heading": "Tandem hat kein Event dieser Bestellung",
  "missing.text":
    "Vielleicht ist sie älter als die Installation von Tandem, oder ihre Events wurden nach der Aufbewahrungsfrist gelöscht. Tandem vergleicht jede Stunde Shopifys Bestellungen mit den eigenen und ergänzt, was fehlt.",
  "missing.link": "Alle Events zeigen",
  "now.heading": "Was jetzt gesendet würde",
  "now.text":
    "Tandem liest die Bestellung aus Shopify, wie sie jetzt ist, und entscheidet sie mit den heutigen Einstellungen, Pixeln und Grenzen und mit dem, was Browser zu dieser Bestellung wirklich gemeldet haben. Das Nachsehen sendet nichts.",
  "now.start": "Nachsehen, was jetzt gesendet würde",
  "now.restart": "Noch einmal nachsehen",
  "now.running": "Die Bestellung wird aus Shopify gelesen. Das dauert einige Sekunden.",
  "now.none": "An Meta würde nichts gesendet.",
  "now.json": "Das Event des Servers für Meta: {name}",
  "now.caveat.no-receipt":
    "Es fehlt: Von diesem Checkout ist keine Meldung eines Browsers aufbewahrt. Es kam keine, oder sie ist älter als 7 Tage. Metas Cookies und die Seite fehlen deshalb in diesem Event; was Shopify von der Bestellung weiß, ist darin.",
  "now.caveat.receipt-without-person":
    "Es fehlt: Als das Event nicht gesendet wurde, hat Tandem Cookies, Adressen und Seiten aus der Meldung des Browsers entfernt. Sie lassen sich nicht zurückholen.",
  "now.caveat.no-answer-recorded":
    "Es fehlt: Zur Einwilligung ist keine Antwort eines Browsers aufgezeichnet. Tandem nimmt keine an; es entscheidet die Regel Ihres Shops für Bestellungen ohne Antwort.",
  "now.caveat.late-answer":
    "Nach der Entscheidung kam noch die Antwort eines Browsers zur Einwilligung. Sie ändert dieses Ergebnis nicht; war sie ein Nein, wird das Event nicht noch einmal gesendet.",
  "now.no-access":
    "Shopify hat dieser App keinen Zugriff auf die Bestellungen des Shops gegeben. Öffnen Sie die App noch einmal im Adminbereich des Shops.",
  "now.gone":
    "Shopify zeigt der App diese Bestellung nicht: Sie wurde gelöscht, oder sie ist älter als die 60 Tage, die Apps sehen dürfen.",
  "now.unreadable":
    "Die Antwort von Shopify ist keine Bestellung, wie Tandem sie kennt. Versuchen Sie es noch einmal; bleibt es so, senden Sie das JSON dieser Seite an Ihren Support.",
  "again.may":
    "Dieses Event endete, ohne Meta zu erreichen, und darf noch einmal gesendet werden: Meta kann es nicht doppelt zählen, und es ist nicht zu alt.",
  "again.send": "{name} noch einmal senden",
  "again.running": "Wird noch einmal gesendet",
  "again.read-only":
    "Ihre Rolle darf keine Events noch einmal senden. Ein Inhaber der App kann Ihre Rolle auf der Seite Zugriff ändern.",
  "again.done.queued":
    "Unterwegs: Das Event wird jetzt an Meta gesendet. Diese Seite zeigt die Antwort von Meta, wenn Sie sie wieder öffnen.",
  "again.done.changed":
    "Nicht noch einmal gesendet: Das Event, die Daten des Kunden oder die Pixel haben sich inzwischen geändert. Sehen Sie noch einmal nach.",
  "again.not": "Kann nicht noch einmal gesendet werden. {reason}",
  "again.not.not-recorded":
    "Das Protokoll von Tandem hat kein solches Event dieser Bestellung. Tandem vergleicht jede Stunde Shopifys Bestellungen mit den eigenen und ergänzt, was fehlt.",
  "again.not.under-way": "Das Event ist schon unterwegs oder wartet. Es wird von selbst gesendet.",
  "again.not.already-delivered":
    "Meta hat dieses Event angenommen. Noch einmal gesendet würde es innerhalb von 48 Stunden nichts ändern und danach doppelt zählen.",
  "again.not.customer-redacted":
    "Die Daten des Kunden wurden auf seinen Wunsch gelöscht, deshalb darf nichts mehr über ihn gesendet werden.",
  "again.not.no-consent":
    "Es wurde nicht gesendet, weil die Einwilligung fehlte. Das gilt endgültig, auch wenn der Kunde später zustimmt.",
  "again.not.declined-later":
    "Der Browser des Kunden hat Marketing abgelehnt, nachdem über das Event entschieden war. Tandem sendet zu dieser Bestellung nichts mehr.",
  "again.not.waits": "Die Bestellung zählt noch nicht. Sobald sie zählt, wird sie von selbst gesendet.",
  "again.not.too-old": "Meta nimmt kein Event an, das älter als 7 Tage ist, oder als 62 bei einem Verkauf im Laden.",
  "again.not.pair-too-old":
    "Das Event des Browsers hat Meta vor mehr als 48 Stunden erreicht. Meta führt ein solches Paar nicht mehr zusammen, der Kauf würde doppelt zählen.",
  "again.not.unclear-answer":
    "Tandem hat es vor mehr als 48 Stunden gesendet, und die Antwort von Meta ging verloren. Vielleicht hat Meta es gezählt und würde es nicht mehr wiedererkennen.",
  "again.not.not-sent-now":
    "Mit den heutigen Einstellungen und Pixeln würde das Event weiterhin nicht gesendet, aus dem Grund oben.",
  "again.not.pixel-not-active":
    "Jeder Pixel, an den es ginge, ist pausiert oder blockiert. Bringen Sie den Pixel unter Einstellungen in Ordnung und senden Sie das Event dann noch einmal.",
} as const satisfies Translated<"orderPage">;
