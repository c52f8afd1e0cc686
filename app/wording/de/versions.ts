import type { Translated } from "../catalogue.ts";

export const versions = {
  about:
    "Jedes Speichern ist eine Fassung. Jedes Event zeigt die Fassung, nach der es entschieden wurde, und nichts wird hier je umgeschrieben.",
  "one.heading": "Einstellungen, Fassung {version}",
  newest: "In Kraft",
  first: "Die Einstellungen eines neuen Shops.",
  "pixels-only": "Keine Einstellung wurde geändert: Die Liste der Pixel änderte sich und wurde neu veröffentlicht.",
  setting: "Einstellung",
  before: "Vorher",
  after: "Nachher",
  older: "Ältere Fassungen",
  back: "Zurück zur neuesten",
  all: "Alle Fassungen",
  open: "Fassung {version}",
  changed: "Was sich geändert hat",
  "is-newest": "Diese Einstellungen sind in Kraft.",
  "go-back": "Zu dieser Fassung zurückkehren",
  "go-back.heading": "Zurückkehren",
  "go-back.same": "Die geltenden Einstellungen sind dieselben, also gibt es nichts zurückzunehmen.",
  "go-back.about":
    "Speichert diese Einstellungen als neue Fassung. Spätere Fassungen bleiben in der Liste, und Events behalten, was entschieden wurde.",
  "go-back.would": "Was die Rückkehr ändern würde",
  "go-back.done": "Als Fassung {version} gespeichert",
  "go-back.superseded": "Nicht gespeichert: Jemand hat eine neuere Fassung gespeichert. Laden Sie die Seite neu",
  "missing.heading": "Diese Fassung gibt es nicht",
  "missing.text": "Dieser Shop hat keine Fassung {version}.",
  "no-answer.regions": "In {regions} zurückhalten; sonst den Datenschutzeinstellungen meines Shops folgen",
  "rule.withhold-channel": "Bestellungen des Vertriebskanals {value} zurückhalten",
  "rule.withhold-tag": "Bestellungen mit dem Tag {value} zurückhalten",
  "rule.send-channel": "Bestellungen des Vertriebskanals {value} senden",
  "rule.send-tag": "Bestellungen mit dem Tag {value} senden",
  form: "{form}: {event}",
  "funnel.stages": "Stufen eines Leads",
  "funnel.consent": "Einwilligung von Leads aus Sofortformularen",
  "funnel.consent.stated": "Wie es bei jedem Lead steht",
  "funnel.consent.given": "Von den Formularen erfragt",
  "funnel.metafield": "Kunden-Metafeld der Leads",
  "stage.worth": "{amount} wert",
  "stage.predicted": "bringt voraussichtlich {amount}",
  "stage.primary": "wichtigste Conversion",
  "stage.skippable": "darf übersprungen werden",
  "stage.tag": "Kunden-Tag {tag}",
  "rehearsal.toast": "Noch nicht gespeichert: Sehen Sie, was es ändern würde",
  "rehearsal.question": "Speichern? Events der letzten 7 Tage wären anders ausgefallen",
  "rehearsal.keep-editing": "Weiter bearbeiten",
  "rehearsal.nothing":
    "Nichts: {count, plural, one {Die # Bestellung} other {Alle # Bestellungen}} der letzten {days} Tage wären so gemeldet worden, wie sie es wurden.",
  "rehearsal.no-longer-sent":
    "{count, plural, one {# Event, das gesendet wird, würde nicht mehr gesendet} other {# Events, die gesendet werden, würden nicht mehr gesendet}}",
  "rehearsal.newly-sent":
    "{count, plural, one {# Event, das nicht gesendet wird, würde gesendet} other {# Events, die nicht gesendet werden, würden gesendet}}",
  "rehearsal.waits":
    "{count, plural, one {# Event würde zuerst warten; was danach mit der Bestellung geschah, wird nicht durchgespielt} other {# Events würden zuerst warten; was danach mit den Bestellungen geschah, wird nicht durchgespielt}}",
  "rehearsal.value":
    "{count, plural, one {# Event hätte einen anderen Wert} other {# Events hätten einen anderen Wert}}",
  "rehearsal.name":
    "{count, plural, one {# Event hätte einen anderen Namen} other {# Events hätten einen anderen Namen}}",
  "rehearsal.items":
    "{count, plural, one {# Event würde seine Artikel mit anderen IDs nennen} other {# Events würden ihre Artikel mit anderen IDs nennen}}",
  "rehearsal.reason":
    "{count, plural, one {# Event würde aus einem anderen Grund nicht gesendet} other {# Events würden aus einem anderen Grund nicht gesendet}}",
  "rehearsal.values": "Gesendete Käufe: insgesamt {before}, dann {after}",
  "rehearsal.unsent": "Nicht gesendet: {before, number}, dann {after, number}. {reason}",
  "rehearsal.order": "Bestellung",
  "rehearsal.orders":
    "Aus dem, was von {count, plural, one {# Bestellung} other {# Bestellungen}} der letzten {days} Tage aufbewahrt ist. Niemand wurde gefragt, und nichts wird gesendet.",
  "rehearsal.newest":
    "Aus dem, was von den neuesten {count, plural, one {# Bestellung} other {# Bestellungen}} der letzten {days} Tage aufbewahrt ist; es gibt mehr. Niemand wurde gefragt, und nichts wird gesendet.",
  "rehearsal.not-kept":
    "{count, plural, one {# Bestellung dieser Tage konnte nicht durchgespielt werden} other {# Bestellungen dieser Tage konnten nicht durchgespielt werden}}: aus der Zeit, bevor Tandem das Nötige aufbewahrte, gelöscht oder sehr lang.",
  "rehearsal.without.storefront":
    "Events des Onlineshops werden nicht vorab durchgerechnet; sie richten sich nach: {settings}.",
  "rehearsal.without.leads":
    "Leads, Formulare und Stufen werden nicht vorab durchgerechnet; sie richten sich nach: {settings}.",
  "rehearsal.without.upsells":
    "Artikel, die nach dem Bezahlen dazukommen, werden nicht vorab durchgerechnet; sie richten sich nach: {settings}.",
  "rehearsal.without.net-revenue": "Der Nettoerlös wird nicht vorab durchgerechnet; er richtet sich nach: {settings}.",
  "rehearsal.without.other":
    "Nicht vorab durchgerechnet, weil keine aufgezeichnete Bestellung sagt, was sich ändert: {settings}.",
  "rehearsal.failed": "Diese Änderung ließ sich nicht vorab durchrechnen. Trotzdem speichern?",
  "rehearsal.failed.text":
    "Die Bestellungen der letzten 7 Tage ließen sich nicht rechtzeitig lesen. Deshalb weiß niemand, was sich an ihnen geändert hätte. Noch ist nichts gespeichert, und Ihre Auswahl steht weiter im Formular. Versuchen Sie es in einer Minute noch einmal, oder speichern Sie ohne diese Vorschau.",
  "rehearsal.save-anyway": "Ohne Vorschau speichern",
  "rehearsal.saved-without": "Gespeichert. Ein Teil der Änderung wurde nicht vorab durchgerechnet",
  "go-back.not-rehearsed":
    "Was sich an den letzten 7 Tagen geändert hätte, ließ sich nicht rechtzeitig feststellen. Laden Sie die Seite neu, um es noch einmal zu versuchen; zurückgehen können Sie trotzdem.",
} as const satisfies Translated<"versions">;
