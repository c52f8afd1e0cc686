import type { Translated } from "../catalogue.ts";

export const help = {
  contents: "Fragen",
  introduction:
    "Zehn Fragen, die Händler zu Meta und Shopify stellen. Unter jeder Antwort stehen die Seiten, die zeigen, wie es in Ihrem Shop ist.",
  "in-your-shop": "In Ihrem Shop:",
  "numbers.title": "Facebook sagt 40 Verkäufe, Shopify sagt 55. Warum?",
  "numbers.why":
    "Beide zählen Verschiedenes. Shopify zählt jede Bestellung. Metas Werbeberichte zählen nur Käufe, die Meta einer Ihrer Anzeigen zuschreibt, innerhalb der dafür eingestellten Tage nach einem Klick oder einer Einblendung, meist am Tag der Anzeige und nicht der Bestellung; ein Teil davon ist geschätzt. Deshalb weichen die Zahlen auch dann voneinander ab, wenn Meta jede Bestellung erhält.",
  "numbers.do":
    "Prüfen Sie, was sich belegen lässt: ob Meta jede Bestellung erhalten hat. Die Startseite sagt, wie viele Bestellungen es gab, wie viele Meta angenommen hat und warum andere ausgelassen wurden. Ist jede Bestellung belegt, ging keine auf dem Weg zu Meta verloren.",
  "not-sent.title": "Warum wurde diese Bestellung nicht gesendet?",
  "not-sent.why":
    "Meist hat der Kunde das Cookie-Banner abgelehnt oder nicht beachtet, die Bestellung ist noch nicht bezahlt, sie ist ein Test, oder eine Ihrer eigenen Regeln hält sie zurück. Jede Bestellung, die nicht gesendet wird, hat unter „Events“ ihren Grund.",
  "not-sent.do":
    "Suchen Sie unter „Events“ nach der Nummer der Bestellung, etwa #1001. Die Seite der Bestellung sagt, was aus ihr wurde und warum, was Meta geantwortet hat und was jetzt gesendet würde.",
  "match-quality.title": "Was ist die Event-Match-Qualität, und wie verbessere ich sie?",
  "match-quality.why":
    "Sie ist Metas Note bis 10 dafür, wie gut Meta die Events Ihrer Website Personen zuordnen kann; Meta empfiehlt 6 oder mehr. Sie hängt davon ab, was ein Event enthält: E-Mail-Adresse, Telefonnummer, Klick-ID (fbc), Browser-ID (fbp), IP-Adresse und User-Agent. Kunden, die Cookies blockieren oder wenig angeben, senken sie; das ist kein Fehler der Einrichtung.",
  "match-quality.do":
    "Die Startseite zeigt unter „Kundenschlüssel“, wie viele Events was davon enthalten. Schalten Sie die App-Einbettung im Theme ein, die Klick-ID und Browser-ID mit dem Warenkorb aufbewahrt, und lassen Sie Ihren Checkout nach E-Mail-Adresse und Telefonnummer fragen. Die Note selbst steht im Events Manager von Meta.",
  "twice.title": "Wird ein Kauf doppelt gezählt?",
  "twice.why":
    "Browser und Server senden dasselbe Event mit derselben Event-ID, und Meta zählt ein solches Paar einmal, wenn der Teil des Servers innerhalb von 48 Stunden nach dem des Browsers ankommt. Später sendet Tandem ihn nicht. Die Übersicht im Events Manager zeigt beide Teile, weil sie zählt, bevor Meta sie zusammenführt. Doppelt zählt ein weiterer Absender, etwa eine zweite App, Shopifys App „Facebook & Instagram“, Code in Ihrem Theme oder ein Tag-Manager: Dessen Events haben andere IDs.",
  "twice.do":
    "Warnt die Startseite vor einem weiteren Absender, schalten Sie diesen dort aus, wo sie es sagt. „Events“ zeigt bei jedem Kauf, ob Browser und Server zusammengeführt wurden.",
  "test-code.title": "Was ist ein Test-Event-Code, und wann brauche ich ihn?",
  "test-code.why":
    "Er ist ein Code aus „Events testen“ im Events Manager von Meta. Was unter ihm gesendet wird, erscheint dort sofort; so sehen Sie einen Purchase ankommen, bevor der erste Kunde kauft. Solange ein Pixel einen Code hat, werden Testbestellungen an diesen Pixel gesendet, und zwar nur unter dem Code; ohne Code werden sie nicht gesendet. Echte Bestellungen tragen ihn nie.",
  "test-code.do":
    "Geben Sie den Code bei Ihrem Pixel ein, senden Sie einen Test-Purchase oder geben Sie eine Testbestellung auf, und entfernen Sie den Code auf der Seite „Test“, wenn Sie fertig sind: Meta zählt auch, was es unter einem Code erhält.",
  "consent.title": "Was ändert das Cookie-Banner?",
  "consent.why":
    "Tandem folgt der Antwort des Kunden auf beiden Seiten. Lehnt er ab, senden weder Browser noch Server etwas über ihn. Antwortet er nicht, wird dort nichts gesendet, wo seine Region eine Einwilligung verlangt; anderswo wird gesendet, wenn Sie nichts anderes gewählt haben. Ein späteres Ja sendet nicht, was davor war. Ein Verkauf an der Kasse oder die Verlängerung eines Abonnements hat kein Banner; dort entscheiden die Region und Ihre Wahl.",
  "consent.do":
    "Die Seite jedes Events zeigt die Antwort und die Regel, die entschieden hat. Wo ein Banner erscheint, stellen Sie im Shopify-Adminbereich unter Einstellungen, Datenschutz für Kunden ein. Was ohne Antwort geschieht, stellen Sie hier unter „Einwilligung“ ein.",
  "token.title": "Mein Zugriffstoken ist abgelaufen. Was geschieht mit meinen Events?",
  "token.why":
    "Der Browser sendet weiter. Die Events des Servers werden aufbewahrt und gesendet, sobald Meta ein neues Token annimmt. Sie können nicht endlos warten: Meta nimmt Events 7 Tage lang an, und einen Kauf, den der Browser gesendet hat, sendet der Server nach 48 Stunden nicht mehr, weil Meta ihn doppelt zählen würde. Ein Token endet auch, wenn die Person, die es erstellt hat, ihr Passwort ändert oder den Zugriff auf das Pixel verliert.",
  "token.do":
    "Erstellen Sie im Events Manager unter Einstellungen, Conversions API ein neues Token und ersetzen Sie das alte bei Ihrem Pixel. Die Startseite sagt, wie viele Events warten und bis wann.",
  "blockers.title": "Was ändern iPhones und Werbeblocker?",
  "blockers.why":
    "Werbeblocker halten Metas Pixel im Browser auf, und Safari löscht Cookies früh. Der Server hängt von beidem nicht ab: Er sendet jede Bestellung, die Shopify meldet, wenn die Einwilligung es erlaubt; eine solche Bestellung steht als „Nur Server“ in der Liste. Sie enthält weniger über den Kunden, deshalb ordnet Meta weniger davon zu. Seitenaufrufe und Warenkörbe eines Kunden, der alles blockiert, erreichen keine der beiden Seiten. Die Frage eines iPhones, ob eine App verfolgen darf, betrifft Apps; sie ändert, was Meta Anzeigen zuschreibt, und nicht, was Tandem sendet.",
  "blockers.do":
    "Sehen Sie sich auf der Startseite den Anteil an, den Browser und Server beide gemeldet haben. Eine gleichbleibende Lücke ist normal, ein plötzlicher Einbruch nicht: Prüfen Sie dann Ihr Theme und das Cookie-Banner. Die App-Einbettung im Theme bewahrt Klick-ID und Browser-ID für den Server auf.",
  "events-manager.title": "Wie prüfe ich das im Events Manager von Meta?",
  "events-manager.why":
    "Wählen Sie unter Datenquellen Ihren Pixel. Die Übersicht nennt jedes Event mit seinen Teilen von Browser und Server, etwa 20 Minuten nach dem Senden. Öffnen Sie dort Purchase, um die Match-Qualität zu sehen und wie viele Paare Meta zusammengeführt hat. Einzelne Events sind nur in „Events testen“ zu sehen, unter einem Test-Event-Code.",
  "events-manager.do":
    "Um einen Verkauf zu prüfen, suchen Sie unter „Events“ nach seiner Bestellung: Ihre Seite zeigt Metas Antwort mit der Trace-ID, anhand derer Metas Support das Event findet. Um eines ankommen zu sehen, nutzen Sie die Seite „Test“.",
  "ads.title": "Was sagen diese Zahlen nicht über meine Anzeigen?",
  "ads.why":
    "Tandem zeigt, ob Ihre Events Meta erreichen, vollständig und einmal. Es sagt nicht, wie gut Ihre Anzeigen sind, welche Anzeige einen Verkauf brachte oder ob eine ihr Geld wert ist. Mehr Events bei Meta sind nicht mehr Verkäufe, und ein Verkauf, den Meta einer Anzeige zuschreibt, wäre vielleicht auch ohne sie gekommen.",
  "ads.do":
    "Diese Zahlen sagen Ihnen, dass Meta erhält, was geschehen ist. Beurteilen Sie Ihre Anzeigen durch einen eigenen Versuch, etwa indem Sie sie einige Wochen lang in einer Region weglassen, und nach den Bestellungen in Shopify.",
  "to.home": "Startseite: Ihre Bestellungen, was Sie braucht, und die Zahlen",
  "to.search": "Events: nach einer Bestellung suchen",
  "to.not-sent": "Events, die nicht gesendet wurden, mit ihren Gründen",
  "to.declined": "Events, deren Kunde abgelehnt hat",
  "to.unanswered": "Events, für die eine nötige Einwilligung fehlt",
  "to.expired": "Abgelaufene Events",
  "to.matched": "Käufe, die Browser und Server beide gemeldet haben",
  "to.server-only": "Käufe nur vom Server",
  "to.accepted": "Käufe, die Meta angenommen hat",
  "to.test": "Test: einen Test-Purchase senden oder den Code entfernen",
  "to.pixels": "Einstellungen: Pixel, Zugriffstoken und Test-Event-Codes",
  "to.purchase": "Einstellungen: wann eine Bestellung zählt, und Ihre Regeln",
  "to.consent": "Einstellungen: Bestellungen ohne Antwort",
} as const satisfies Translated<"help">;
