import type { Translated } from "../catalogue.ts";

export const fieldProblems = {
  unreadable: "Das ist nicht lesbar. Prüfen Sie die Eingabe und geben Sie sie noch einmal ein.",
  "pixel-id.missing":
    "Geben Sie die Pixel-ID ein. Sie steht im Events Manager von Meta unter Datenquellen, Ihr Pixel, Einstellungen.",
  "pixel-id.digits":
    "Eine Pixel-ID besteht nur aus Ziffern. Sie steht im Events Manager von Meta unter Datenquellen, Ihr Pixel, Einstellungen.",
  "pixel-id.length":
    "Eine Pixel-ID hat 5 bis 20 Ziffern, meist 15 oder 16. Sie steht im Events Manager von Meta unter Datenquellen, Ihr Pixel, Einstellungen.",
  "token.missing":
    "Geben Sie das Zugriffstoken ein. Sie erstellen es im Events Manager von Meta: Datenquellen, Ihr Pixel, Einstellungen, Conversions API, Zugriffstoken generieren.",
  "token.not-stored": "Geben Sie das Zugriffstoken ein: Für diesen Pixel ist noch keines gespeichert.",
  "token.spaces":
    "Ein Zugriffstoken hat keine Leerzeichen oder Zeilenumbrüche; kopieren Sie es noch einmal in einem Stück. Sie erstellen es im Events Manager von Meta: Datenquellen, Ihr Pixel, Einstellungen, Conversions API, Zugriffstoken generieren.",
  "token.signs":
    "Ein Zugriffstoken besteht nur aus einfachen Buchstaben, Ziffern und Zeichen. Sie erstellen es im Events Manager von Meta: Datenquellen, Ihr Pixel, Einstellungen, Conversions API, Zugriffstoken generieren.",
  "token.length":
    "Ein Zugriffstoken hat 8 bis 1.024 Zeichen und beginnt meist mit EAA. Sie erstellen es im Events Manager von Meta: Datenquellen, Ihr Pixel, Einstellungen, Conversions API, Zugriffstoken generieren.",
  "test-code.missing": "Geben Sie den Test-Event-Code ein oder lassen Sie das Feld leer.",
  "test-code.form":
    "Ein Test-Event-Code sieht aus wie TEST12345. Er steht im Events Manager von Meta unter Test-Events.",
  trigger:
    "Wählen Sie, wann eine Bestellung zählt: wenn sie aufgegeben ist, oder wenn sie bezahlt oder ausgeführt ist oder einen Tag hat.",
  "trigger-tag.missing":
    "Geben Sie den Tag ein, durch den eine Bestellung zählt, so, wie er an Ihren Bestellungen steht.",
  "trigger-tag.form": "Geben Sie den Tag so ein, wie er an Ihren Bestellungen steht: höchstens 40 Zeichen, ohne Komma.",
  "value-basis":
    "Wählen Sie den Wert eines Kaufs: den Gesamtbetrag der Bestellung, die Zwischensumme nach Rabatten oder die Zwischensumme ohne Steuern.",
  "content-id": "Wählen Sie die ID, die Ihr Meta-Katalog verwendet: Commerce Manager, Katalog, Artikel, Content-ID.",
  "content-country": "Geben Sie das Land Ihres Katalog-Feeds mit zwei Buchstaben ein, zum Beispiel US.",
  "storefront-mode": "Wählen Sie, wer die Events des Onlineshops meldet: das Web-Pixel oder die App-Einbettung.",
  "context-wait": "Geben Sie ganze Sekunden von 0 bis {most, number} ein; 90 passt für die meisten Shops.",
  "wait-for-payment":
    "Geben Sie ganze Tage von 7 bis {most, number} ein; 45 lassen einer Rechnung mit 30 Tagen Ziel zwei Wochen mehr.",
  "gift-cards": "Wählen Sie, ob Geschenkgutscheine als Verkauf zählen.",
  switch: "Wählen Sie ein oder aus.",
  percent: "Geben Sie einen ganzen Prozentsatz von 1 bis 100 ein.",
  "predicted-orders":
    "Geben Sie ein, wie viele Bestellungen ein Abonnement im Durchschnitt hat, eine ganze Zahl von 1 bis {most, number}, oder lassen Sie das Feld leer.",
  "rules.form":
    "Schreiben Sie eine Regel pro Zeile, zum Beispiel: withhold channel pos, withhold tag wholesale, send channel draft.",
  "rules.most": "Es kann höchstens {most, number} Regeln geben.",
  "rule.match": "Wählen Sie, was die Regel prüft: den Vertriebskanal oder einen Tag.",
  "rule.name": "Geben Sie den Namen des Vertriebskanals oder Tags ein, oder entfernen Sie die Regel.",
  "rule.name.length": "Ein Name hat höchstens {most, number} Zeichen.",
  "rule.name.unstorable":
    "Der Name enthält ein Zeichen, das sich nicht speichern lässt. Tippen Sie ihn neu, statt ihn einzufügen.",
  "rule.action": "Wählen Sie, ob gesendet oder nicht gesendet wird.",
  regions:
    "Geben Sie Länder mit zwei Buchstaben oder Regionen wie US-CA ein, durch Kommas getrennt: höchstens {most, number}.",
  forms:
    "Schreiben Sie ein Formular pro Zeile und dahinter, als was es gemeldet wird, zum Beispiel: newsletter none, contact Lead, #wholesale-form Contact. Ein Formular ist contact, newsletter, registration oder ein CSS-Selektor aus IDs, Klassen und Attributen.",
  "funnel.form":
    "Geben Sie die Stufen eines Leads als JSON an: 2 bis {most, number} Stufen, zuerst der Lead selbst, genau eine der Art won und höchstens eine der Art disqualified. In docs/leads.md steht ein Beispiel.",
  "funnel.name": "Der Name einer Stufe hat 1 bis {most, number} speicherbare Zeichen.",
  "funnel.amount": "Ein Betrag ist eine Zahl von 0 bis {most, number}, zum Beispiel 40,5.",
  "funnel.count": "Ein Trichter hat 2 bis {most, number} Stufen, zuerst den Lead selbst.",
  "funnel.first": "Die erste Stufe ist der Lead selbst. Deshalb ist ihre Art „Auf dem Weg“.",
  "funnel.kinds": "Nur eine Stufe hat die Art „Gewonnen“, und höchstens eine die Art „Disqualifiziert“.",
  "key.name": "Sagen Sie in 1 bis {most, number} Zeichen, wofür der Schlüssel ist.",
  "funnel.key": "Der Schlüssel einer Stufe besteht aus Kleinbuchstaben, Ziffern und Bindestrichen.",
  "funnel.tag": "Ein Kunden-Tag hat 1 bis {most, number} Zeichen.",
  "funnel.metafield": "Nennen Sie ein Kunden-Metafeld mit Namensraum und Schlüssel, etwa custom.lead_stage.",
  "funnel.currency": "Eine Währung hat drei Buchstaben, zum Beispiel EUR.",
  "funnel.currency.missing": "Eine Stufe mit einem Wert braucht dessen Währung: Tandem rät nie eine.",
  "funnel.won-last": "Die Stufe der Art „Gewonnen“ ist die letzte auf dem Weg.",
  "funnel.one-primary": "Höchstens eine Stufe ist die wichtigste Conversion.",
  "funnel.same-name": "Zwei Stufen haben denselben Schlüssel oder Namen.",
  "funnel.reopen": "{name} öffnet einen disqualifizierten Lead wieder. Deshalb darf keine Stufe so heißen.",
  "funnel.same-tag": "Zwei Stufen haben denselben Kunden-Tag.",
  "funnel.same-event": "Zwei Stufen haben denselben Event-Namen: Meta würde sie als eine zählen.",
  "name.length": "Der Name eines Events hat höchstens {most, number} Zeichen.",
  "name.signs":
    "Der Name eines Events beginnt mit einem Buchstaben von A bis Z und enthält nur solche Buchstaben, Ziffern, Leerzeichen, Bindestriche und Unterstriche.",
  "name.of-another": "{action} ist der Name einer anderen Aktion: Meta würde zwei verschiedene Dinge als eines zählen.",
  "name.spelling": "Meta schreibt dieses Event {standard}; jede andere Schreibweise ist ein benutzerdefiniertes Event.",
  "name.sensitive":
    "Meta verbietet Event-Namen, die auf etwas Sensibles schließen lassen; dieser klingt nach {category, select, health {Gesundheit} finance {Finanzen} religion {Religion} politics {Politik} origin {Herkunft oder Zugehörigkeit} sexuality {Sexualleben oder sexueller Orientierung} law {Recht und Kriminalität} children {Kindern unter 13} other {so etwas}}.",
  "mapping.primary": "Wählen Sie die Aktion, auf die Ihre Kampagnen optimieren.",
  "mapping.legs": "Wählen Sie, wer das sendet: Browser und Server, nur der Browser, nur der Server oder niemand.",
  "mapping.no-browser-leg":
    "Das melden nur Bestellungen, deshalb sendet es kein Browser: Wählen Sie nur Server oder nicht gemeldet.",
  "mapping.shared":
    "{action} wird schon unter diesem Namen gesendet: Meta würde zwei verschiedene Dinge als eines zählen.",
  "limits.too-long":
    "Die Liste ist zu lang. Schreiben Sie jedes Land einmal, mit zwei Buchstaben, zum Beispiel DE, AT.",
  "limits.countries": "{names}: Schreiben Sie Länder mit zwei Buchstaben, zum Beispiel DE, AT.",
  "limits.unknown": "{names}: Wählen Sie aus {known}.",
  "limits.no-channel": "Wählen Sie mindestens einen Vertriebskanal, oder pausieren Sie den Pixel.",
  "limits.no-event": "Wählen Sie mindestens ein Event, oder pausieren Sie den Pixel.",
  "order.json.missing": "Fügen Sie das JSON einer Bestellung ein.",
  "order.json.too-long": "Eine Bestellung hat höchstens {most, number} Zeichen.",
  "order.json.not-json":
    "Das ist kein JSON. Fügen Sie die ganze Bestellung ein, von der ersten bis zur letzten Klammer.",
  "order.json.not-an-order":
    "Das ist keine Bestellung im Format von Shopifys Webhooks. Sehen Sie sich das Feld {field} an: Es fehlt oder hat dort eine andere Form.",
  "order.json.no-order":
    "Das ist keine Bestellung im Format von Shopifys Webhooks. Fügen Sie die ganze Bestellung ein, wie ein Webhook sie hat.",
  "order.number.missing":
    "Geben Sie die Nummer einer Bestellung ein, zum Beispiel #1001, oder ihre Adresse im Shopify-Admin.",
  "order.number.unknown":
    "Shopify zeigt der App diese Bestellung nicht. Prüfen Sie die Nummer; Apps sehen nur die Bestellungen der letzten 60 Tage.",
  "order.no-access":
    "Shopify hat dieser App keinen Zugriff auf die Bestellungen des Onlineshops gegeben: Öffnen Sie die App erneut aus dem Admin des Onlineshops.",
  "order.refused":
    "Shopify verweigert der App diese Bestellung. Öffnen Sie die App erneut aus dem Admin des Onlineshops; hilft das nicht, fragen Sie, wer Tandem betreibt.",
  "order.refused-because": "Shopify verweigert der App diese Bestellung und sagt: „{message}“",
  "order.unavailable": "Shopify antwortet gerade nicht. Versuchen Sie es in einer Minute noch einmal.",
  "assumed.settings": "Die Einstellungen sind kein JSON-Objekt.",
  "assumed.shop": "Ein Onlineshop heißt wie tea.myshopify.com.",
  "assumed.context": "Der Kontext ist kein JSON-Objekt.",
  "assumed.consent": "Die Einwilligung ist {example}, true oder false.",
  "assumed.url":
    "Die Adresse der Seite wird vollständig geschrieben, zum Beispiel https://tea.example.com/products/green.",
  "assumed.costs": "Schreiben Sie Stückkosten nach der ID der Variante, zum Beispiel {example}.",
  "crm.name": "Sagen Sie in 1 bis {most, number} Zeichen, welches CRM das ist.",
  "crm.preset": "Wählen Sie eines von {known}.",
  "crm.account": "Die ID eines Kontos hat bis zu {most, number} Buchstaben, Ziffern, Bindestriche und Unterstriche.",
  "crm.account.location":
    "Geben Sie die ID Ihrer Location ein: HighLevel signiert für alle Kunden mit einem einzigen Schlüssel.",
  "crm.account.organization":
    "Geben Sie die ID Ihrer Organisation ein: in Salesforce unter Setup, Unternehmensinformationen.",
  "crm.secret.none": "Dieses CRM signiert mit einem eigenen Schlüssel. Lassen Sie das Geheimnis leer.",
  "crm.secret.missing": "Geben Sie das Client-Geheimnis Ihrer App im CRM ein.",
  "crm.secret.form": "Ein Geheimnis hat {least, number} bis {most, number} Zeichen, ohne Leerzeichen.",
  "crm.secret.no-other": "Dieses CRM signiert mit einem eigenen Schlüssel, ein Geheimnis gibt es nicht.",
  "crm.hook.gone": "Diese Adresse gibt es nicht. Vielleicht hat sie jemand widerrufen.",
  "crm.example.missing":
    "Fügen Sie ein, was Ihr CRM sendet: Eine Zuordnung wird daran ausprobiert, bevor sie gespeichert wird.",
  "crm.example.too-long": "Ein Beispiel hat höchstens {most, number} Zeichen.",
  "crm.example.no-report": "Die Zuordnung liest im Beispiel keine Meldung.",
  "crm.example.item": "Eintrag {n, number} ist nicht lesbar.",
  "crm.example.ignored": "Eintrag {n, number} wird wegen „when“ oder „words“ übergangen.",
  "mapping.not-json": "Die Zuordnung ist kein JSON. Beispiele stehen in docs/leads.md.",
  "mapping.path": "{place}: Ein Pfad ist ein JSON-Pointer (RFC 6901), zum Beispiel /data/email oder /contacts/0/email.",
  "mapping.offset": "{place}: Ein Versatz sieht aus wie +01:00 oder Z.",
  "mapping.currency": "{place}: Eine Währung hat drei Großbuchstaben, zum Beispiel EUR.",
  "mapping.unknown": "{place}: Eine Zuordnung hat dort kein {names}.",
  "mapping.kind":
    "{place} fehlt oder ist nicht {expected, select, string {Text} array {eine Liste} object {ein Objekt} other {das, was eine Zuordnung dort annimmt}}.",
  "mapping.length": "{place} ist zu lang oder hat zu wenige oder zu viele Einträge.",
  "mapping.value": "{place} hat einen Wert, den eine Zuordnung dort nicht annimmt.",
  "body.not-json": "Die Daten sind kein JSON.",
  "body.too-deep": "Das JSON ist zu tief verschachtelt.",
  "body.own-definitions": "Ein XML-Dokument mit eigenen Definitionen wird abgelehnt.",
  "body.not-xml": "Die Daten sind kein wohlgeformtes XML.",
  "body.not-a-message": "Die Daten sind keine Outbound Message von Salesforce.",
  "body.no-object": "Die Daten sind weder ein Objekt noch eine Liste.",
  "body.no-items": "{path} ist weder ein Objekt noch eine Liste.",
  "body.too-many": "Es sind mehr als {most, number} Einträge.",
  "item.no-stage": "{path}: Es gibt keine Stufe.",
  "item.no-lead": "{path}: Nichts nennt den Lead.",
  "item.no-time": "{path}: Es gibt keine Zeit, oder eine ohne Versatz wie +01:00.",
  "item.eventId": "Die ID eines Events hat 1 bis {most, number} speicherbare Zeichen.",
  "item.externalId": "Ihre Referenz hat 1 bis {most, number} speicherbare Zeichen.",
  "item.leadId": "Metas ID eines Leads hat 15 bis 17 Ziffern.",
  "item.email": "Das ist keine E-Mail-Adresse, die Meta annimmt, und kein SHA-256 einer solchen.",
  "item.phone":
    "Das ist keine Telefonnummer mit Landesvorwahl, zum Beispiel +49 30 1234567, und kein SHA-256 einer solchen.",
  "item.customerId": "Shopifys ID eines Kunden hat bis zu 20 Ziffern.",
  "item.stage": "Eine Stufe wird mit 1 bis {most, number} speicherbaren Zeichen genannt.",
  "item.at": "Eine Zeit wird wie 2026-11-30T10:15:00+01:00 geschrieben oder in Unix-Sekunden.",
  "item.leadAt": "Die Zeit des Leads wird wie 2026-11-30T10:15:00+01:00 geschrieben oder in Unix-Sekunden.",
  "item.value":
    "Ein Wert ist eine Zahl von 0 bis {most, number}, mit einem Punkt vor den Dezimalstellen und sonst nichts.",
  "item.currency": "Eine Währung hat drei Buchstaben, zum Beispiel EUR.",
  "item.consent": "Die Einwilligung wird als granted oder declined geschrieben.",
  "item.worth": "Ein Wert und seine Währung gehören zusammen: Nennen Sie beides oder nichts davon.",
  "row.cells": "Die Zeile hat {cells, plural, one {# Zelle} other {# Zellen}}, die erste Zeile {columns, number}.",
} as const satisfies Translated<"fieldProblems">;
