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
    "{count, plural, one {Tandem hat aus dieser Bestellung ein Event gemacht.} other {Tandem hat aus dieser Bestellung # Events gemacht.}} Browser und Server senden jedes unter derselben Event-ID, deshalb zählt Meta es einmal.",
  "event.of": "{name}, {state}",
  "event.sent-at": "Geschehen {at}. Wert: {amount}.",
  "event.happened": "Geschehen {at}.",
  "event.page": "{name} auf eigener Seite",
  "missing.heading": "Tandem hat kein Event dieser Bestellung",
  "missing.text":
    "Vielleicht ist sie älter als die Installation von Tandem, oder ihre Events wurden nach der Aufbewahrungsfrist gelöscht. Tandem vergleicht jede Stunde Shopifys Bestellungen mit den eigenen und ergänzt, was fehlt.",
  "missing.link": "Alle Events zeigen",
} as const satisfies Translated<"orderPage">;
