import type { Translated } from "../catalogue.ts";

export const testing = {
  badge: "Test",
  "badge.meaning":
    "Ein Test-Event: Meta hat es nur unter einem Test-Event-Code erhalten, und es zählt in keiner Zahl von Tandem.",
  name: "{name} (Test)",
  introduction:
    "Sehen Sie einen Purchase bei Meta ankommen, bevor der erste Kunde kauft. Tests sind überall in Tandem als Tests gekennzeichnet und zählen in keiner Zahl.",
  code: "Test-Event-Code",
  "code.kept": "{code} ist gesetzt. Lassen Sie das Feld leer, um ihn zu behalten; „Code entfernen“ nimmt ihn weg.",
  "code.none":
    "Kopieren Sie den Code aus „Events testen“ im Events Manager von Meta und geben Sie ihn unter Einstellungen bei Ihrem Pixel ein. Solange er gesetzt ist, werden Testbestellungen an diesen Pixel gesendet.",
  "code.enter": "Code eingeben",
  "code.set": "Pixel {pixel} hat den Test-Event-Code {code}.",
  "code.counts":
    "Meta zeigt unter „Events testen“, was es unter einem Code erhält, und zählt es auch. Senden Sie deshalb wenige Tests und entfernen Sie den Code, wenn Sie fertig sind.",
  "code.remove": "Code entfernen",
  "code.remove.of": "Code entfernen: Test-Event-Code von Pixel {pixel}",
  "code.remove.heading": "Test-Event-Code von Pixel {pixel} entfernen?",
  "code.remove.ask":
    "Testbestellungen gehen nicht mehr an diesen Pixel, und Meta zeigt unter „Test-Events“ nicht mehr, was der Server sendet. Echte Bestellungen gehen weiter wie bisher. Sie können jederzeit wieder einen Code eingeben.",
  "code.remove.confirm": "Ja, entfernen",
  purchase: "Einen Test-Purchase senden",
  "purchase.what":
    "Ein Artikel für 1,00 in der Währung Ihres Shops. Er geht auf dem Server durch jeden Schritt eines echten Purchase, mit der IP-Adresse und dem Browsernamen der Person, die auf die Schaltfläche klickt.",
  "purchase.needs-code": "Ein Test-Purchase braucht einen Test-Event-Code.",
  "not-permitted": "Ihre Rolle erlaubt keine Tests. Ein Inhaber der App kann sie auf der Seite „Zugriff“ ändern.",
  order: "Eine Testbestellung aufgeben",
  "order.gateway":
    "Schalten Sie den Testmodus für Zahlungen oder das Bogus Gateway ein: Shopify-Adminbereich, Einstellungen, Zahlungen.",
  "order.place": "Kaufen Sie etwas in Ihrem Onlineshop, wie es ein Kunde täte, und erlauben Sie Cookies.",
  "order.watch":
    "Beobachten Sie unten, wie sie ankommt: sobald Shopify die Bestellung meldet, oder ihre Bezahlung, falls Sie das so gewählt haben.",
  live: "Live-Ansicht",
  "live.opening": "Verbindung wird aufgebaut …",
  "live.live": "Live: Neue Events erscheinen von selbst.",
  "live.paused": "Angehalten: Es erscheint nichts Neues.",
  "live.lost": "Keine Verbindung. Tandem versucht es in wenigen Sekunden erneut.",
  "live.full": "Diese Seite ist zu oft geöffnet. Schließen Sie sie in anderen Fenstern.",
  "live.pause": "Anhalten",
  "live.resume": "Fortsetzen",
  "live.none":
    "In der letzten Stunde kam noch nichts. Senden Sie einen Test-Purchase, geben Sie eine Testbestellung auf oder sehen Sie sich in Ihrem Onlineshop ein Produkt an.",
  real: "Echtes Event",
  open: "Event öffnen",
  "open.of": "Event öffnen: {name}",
  "of-order": "{name}, Bestellung {order}",
  answer: "Pixel {pixel}: {answer}",
  "answer.accepted":
    "Meta hat es unter dem Code {code} angenommen. Sie finden es im Events Manager unter „Events testen“.",
  "answer.trace": "Trace-ID {traceId}.",
  "done.sent": "Der Test-Purchase ist unterwegs.",
  "done.no-code": "Kein Pixel hat einen Test-Event-Code, deshalb wurde nichts gesendet.",
  "done.no-currency":
    "Shopify hat Tandem die Währung Ihres Shops noch nicht genannt. Versuchen Sie es in einer Minute erneut.",
  "done.bad-key": "Diese Seite ist veraltet. Laden Sie sie neu und versuchen Sie es noch einmal.",
  "done.code-gone": "Dieser Pixel hat keinen Test-Event-Code mehr.",
  "done.code-removed": "Der Test-Event-Code ist entfernt. Testbestellungen werden wieder zurückgehalten.",
  "result.there": "Vorhanden",
  "result.missing": "Fehlt",
  "result.better": "Verbesserbar",
  "item.name": "Eventname",
  "item.time": "Zeitpunkt",
  "item.source": "Ort der Handlung",
  "item.page": "Adresse der Seite",
  "item.person": "Kundendaten",
  "item.value": "Wert und Währung",
  "item.contents": "Content-IDs",
  "item.pair": "Event-ID auf beiden Wegen",
  "needs.name": "Meta braucht den Namen des Events.",
  "needs.source": "Meta muss wissen, wo das Event stattfand.",
  "needs.page": "Meta braucht für ein Event der Website die Adresse der Seite.",
  "needs.person":
    "Nur {detail}. Mit einer E-Mail-Adresse, einer Telefonnummer oder dem Cookie von Meta (fbp) findet Meta mehr Menschen.",
  "needs.value": "Meta braucht für dieses Event einen Wert und eine Währung und lehnt es sonst ab.",
  "needs.contents": "Ohne die IDs der Artikel können Anzeigen aus Ihrem Katalog dieses Event nicht verwenden.",
  "needs.pair":
    "Bisher hat nur der Server {detail} gesendet. Wenn der Browser es auch sendet, zählt Meta beide als eines.",
  "page.there": "Die Adresse der Seite ist dabei.",
  "check.not-sent": "Es wurde nicht gesendet, also gibt es für Meta nichts zu prüfen.",
} as const satisfies Translated<"testing">;
