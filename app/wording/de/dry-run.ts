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
  introduction:
    "Was Tandem für eine Bestellung senden würde, und warum. Nichts wird gespeichert, und nichts wird gesendet.",
  "not-permitted":
    "Ein Probelauf zeigt, was eine Bestellung über ihren Kunden sagt, und das erlaubt Ihre Rolle nicht. Ein Inhaber kann Ihre Rolle auf der Seite „Zugriff“ ändern.",
  from: "Die Bestellung kommt",
  "from.shop": "aus meinem Shop, über ihre Nummer",
  "from.pasted": "aus eingefügtem JSON",
  "browser-answered": "Der Browser des Käufers hat geantwortet",
  "browser-answered.details":
    "Kein Browser meldet Bestellungen an der Kasse, Bestellentwürfe und Verlängerungen. Für sie entscheiden Ihre Einstellungen für die Region des Käufers.",
  "uses-settings": "Verwendet Ihre gespeicherten Einstellungen und Pixel.",
  try: "Ausprobieren",
  number: "Bestellnummer",
  "number.details":
    "Oder die Adresse der Bestellung im Shopify-Adminbereich. Tandem liest die Bestellung aus Shopify, wie sie jetzt ist.",
  json: "Bestellung als JSON",
  "json.details": "Der Inhalt eines Bestell-Webhooks oder einer Antwort der REST Admin API.",
  order: "Die Bestellung",
  kind: "Art",
  "value-by-rule": "Ihr Wert nach jeder Regel",
  "deciding-rule": "Entscheidende Regel",
  unshown: "„{sign}“ steht für das, was im Klartext gesendet wird, wie Meta es verlangt, und hier nicht gezeigt wird.",
  "server-leg": "Server: ein Element von data[]",
  "browser-leg": "Browser: die Parameter von /tr",
  nothing: "Nichts.",
  "json.region": "JSON: {title}",
} as const satisfies Translated<"dryRun">;
