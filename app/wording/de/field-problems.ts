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
  "token.not-stored": "Geben Sie das Zugriffstoken ein: Für dieses Pixel ist noch keines gespeichert.",
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
  "funnel.key": "Der Schlüssel einer Stufe besteht aus Kleinbuchstaben, Ziffern und Bindestrichen.",
  "funnel.tag": "Ein Kunden-Tag hat 1 bis {most, number} Zeichen.",
  "funnel.currency": "Eine Währung hat drei Buchstaben, zum Beispiel EUR.",
  "funnel.currency.missing": "Eine Stufe mit einem Wert braucht dessen Währung: Tandem rät nie eine.",
  "funnel.won-last": "Die Stufe der Art won ist die letzte auf dem Weg.",
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
  "limits.no-channel": "Wählen Sie mindestens einen Vertriebskanal, oder pausieren Sie das Pixel.",
  "limits.no-event": "Wählen Sie mindestens ein Event, oder pausieren Sie das Pixel.",
} as const satisfies Translated<"fieldProblems">;
