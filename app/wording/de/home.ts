import type { Translated } from "../catalogue.ts";

export const home = {
  "account.title": "Ihre Bestellungen",
  "account.not-connected": "Noch wird nichts an Meta gesendet, weil kein Pixel verbunden ist.",
  "account.proven":
    "Jede Bestellung {days, plural, one {des letzten Tages} other {der letzten # Tage}} ist nachgewiesen: {parts}.",
  "account.proven.young": "Jede Bestellung seit der Installation von Tandem ist nachgewiesen: {parts}.",
  "account.proven.none": "{days, plural, one {Am letzten Tag} other {In den letzten # Tagen}} gab es keine Bestellung.",
  "account.proven.none.young": "Seit der Installation von Tandem gab es keine Bestellung.",
  "account.doubtful":
    "Von den Bestellungen {days, plural, one {des letzten Tages} other {der letzten # Tage}}, die Tandem kennt: {parts}.",
  "account.doubtful.none":
    "Tandem kennt keine Bestellung {days, plural, one {des letzten Tages} other {der letzten # Tage}}.",
  "account.part.sent": "{count, number} gesendet",
  "account.part.notSent": "{count, number} nicht gesendet",
  "account.part.waiting": "{count, number} nach Ihrer Wahl noch nicht gezählt",
  "account.part.onTheWay": "{count, number} unterwegs",
  "account.part.needYou": "{count, plural, one {# braucht Sie} other {# brauchen Sie}}",
  "account.see": "Bestellungen ansehen, die Meta nicht hat",
  "account.compared": "Mit den Bestellungen in Shopify abgeglichen bis {at}.",
  "account.doubt.counting":
    "Events aus der Zeit vor der letzten Aktualisierung werden noch gezählt, die Zahlen wachsen also noch.",
  "account.doubt.not-compared":
    "Sie wurden noch nicht mit den Bestellungen in Shopify abgeglichen. Tandem macht das einmal in der Stunde.",
  "account.doubt.comparison-stopped":
    "Der letzte Abgleich mit den Bestellungen in Shopify brach ab. Tandem macht mit dem nächsten weiter, innerhalb einer Stunde.",
  "account.doubt.comparison-late":
    "Der letzte Abgleich mit den Bestellungen in Shopify ist über drei Stunden her. Bleibt das so, geben Sie dem Betreiber dieser App Bescheid.",
  "account.doubt.unreadable":
    "Einige Nachrichten von Shopify waren nicht lesbar, hier können also Bestellungen fehlen.",
  "needs.title": "Was Sie braucht",
  "needs.none": "Nichts braucht Sie.",
  "need.pixel-blocked.title": "Meta nimmt keine Events für den Pixel {metaPixelId} an",
  "need.pixel-blocked.no-reason": "Meta hat das Zugriffstoken abgelehnt.",
  "need.pixel-blocked.waiting":
    "{count, plural, one {# Event wartet und wird} other {# Events warten und werden}} gesendet, sobald das behoben ist. Meta nimmt das erste davon bis {until} an.",
  "need.pixel-blocked.none-waiting": "Zurzeit wartet kein Event. Neue werden bis zu 7 Tage aufgehoben.",
  "need.pixel-blocked.action": "Token ersetzen",
  "need.no-token.title": "Der Pixel {metaPixelId} hat kein Zugriffstoken",
  "need.no-token.text":
    "Der Server sendet nichts an ihn. Beim Deinstallieren der App wird ein Token gelöscht: Geben Sie ein neues ein.",
  "need.no-token.action": "Token eingeben",
  "need.settings-unpublished.title": "Ihre Einstellungen haben den Onlineshop nicht erreicht",
  "need.settings-unpublished.text": "Die Browser der Käufer behalten die vorherigen Einstellungen. {why}",
  "need.settings-unpublished.action": "Einstellungen erneut speichern",
  "need.orders-never-came.title":
    "Shopify hat Tandem {count, plural, one {# Bestellung} other {# Bestellungen}} nicht gemeldet",
  "need.orders-never-came.added":
    "Tandem hat sie durch den Abgleich mit den Bestellungen in Shopify gefunden, und nichts ist verloren. Geschieht das täglich, geben Sie dem Betreiber dieser App Bescheid.",
  "need.orders-never-came.lost":
    "Tandem hat sie durch den Abgleich mit den Bestellungen in Shopify gefunden. {count, plural, one {# davon wurde} other {# davon wurden}} nicht gesendet, weil Meta Events nur 7 Tage lang annimmt oder die Bestellung nicht lesbar war.",
  "need.orders-never-came.action": "Bestellungen ansehen",
  "need.unreadable.title":
    "{count, plural, one {# Nachricht} other {# Nachrichten}} von Shopify {count, plural, one {war} other {waren}} nicht lesbar",
  "need.unreadable.text":
    "Nichts ist verloren: Die Nachrichten sind verschlüsselt gespeichert. Nennen Sie dem Betreiber dieser App diese Zahl und das heutige Datum.",
  "need.unreadable.action": "Events ansehen",
  "need.pixel-paused.title": "Der Pixel {metaPixelId} ist pausiert",
  "need.pixel-paused.text": "Events werden nicht an ihn gesendet, auch später nicht.",
  "need.pixel-paused.action": "Pixel fortsetzen",
  "need.other-sender.title": "Noch etwas anderes sendet Events an den Pixel {metaPixelId}",
  "need.other-sender.text":
    "{who} Meta kann dessen Events nicht von denen von Tandem unterscheiden. Besuche und Verkäufe zählen deshalb doppelt.",
  "need.other-sender.action.apps": "Apps öffnen",
  "need.other-sender.action.themes": "Themes öffnen",
  "need.other-sender.action.tag-manager": "Google Tag Manager öffnen",
  "need.other-sender.action.events-manager": "Events Manager öffnen",
  "need.test-code.title": "Der Pixel {metaPixelId} hat noch den Test-Event-Code {code}",
  "need.test-code.text":
    "Testbestellungen gehen unter diesem Code an ihn. Entfernen Sie den Code, wenn Sie mit dem Testen fertig sind.",
  "need.test-code.action": "Code entfernen",
  "need.token-unconfirmed.title": "Meta hat das Token des Pixels {metaPixelId} nicht bestätigt",
  "need.token-unconfirmed.text":
    "Tandem prüft es innerhalb einer Stunde, und auch das erste Event, das Meta annimmt, bestätigt es. „Jetzt prüfen“ in den Einstellungen fragt Meta sofort.",
  "need.token-unconfirmed.action": "Token prüfen",
  "need.token-being-checked.title": "Meta wird nach dem Token des Pixels {metaPixelId} gefragt",
  "need.token-being-checked.text": "Die Antwort erscheint hier.",
  "need.token-being-checked.action": "Pixel ansehen",
  "need.data-requests.title":
    "{count, plural, one {Ein Kunde hat seine Daten verlangt} other {# Kunden haben ihre Daten verlangt}}",
  "need.data-requests.text":
    "Was Tandem dazu gespeichert hat, liegt 30 Tage zum Herunterladen bereit. Die meisten Datenschutzgesetze geben Ihnen einen Monat für die Antwort.",
  "need.data-requests.action": "Zu den Datenanfragen",
  "need.embed-off.title": "Die App-Einbettung im Theme ist aus",
  "need.embed-off.awaited": "Es wird geprüft, ob die App-Einbettung im Theme an ist",
  "need.embed-off.needed":
    "Sie haben gewählt, dass das Theme die Events des Onlineshops meldet. Bis die Einbettung an ist, wird keines gemessen.",
  "need.embed-off.better":
    "Sie hält Metas Klick- und Browser-IDs und die Einwilligung des Besuchers beim Warenkorb fest, damit sich mehr Bestellungen zuordnen lassen.",
  "need.embed-off.action": "Theme-Editor öffnen",
  "need.unknown-answers.title":
    "Tandem erkennt {count, plural, one {# Antwort} other {# Antworten}} von Meta aus den letzten sieben Tagen nicht",
  "need.unknown-answers.text":
    "Tandem sendet die betroffenen Events noch einige Male, alle anderen wie gewohnt. Öffnen Sie ein betroffenes Event, und nennen Sie dem Betreiber dieser App den Code der Antwort.",
  "need.unknown-answers.action": "Events ansehen",
  "period.today": "Heute",
  "period.7d": "7 Tage",
  "period.30d": "30 Tage",
  "period.90d": "90 Tage",
  "figures.title": "Was geschehen ist",
  "figures.periods": "Zeitraum",
  "figures.eligible": "Für Meta bestimmt",
  "figures.delivered": "Von Meta angenommen",
  "figures.excluded": "Mit Grund ausgelassen",
  "figures.matched": "Von Browser und Server gesehen",
  "figures.agreeing": "Beide melden dasselbe",
  "figures.delay": "Die Hälfte kommt an innerhalb von",
  "figures.open": "{figure}: {count, plural, one {# Event} other {# Events}}. Anzeigen.",
  "figures.before.today": "gestern: {value}",
  "figures.before.7d": "7 Tage davor: {value}",
  "figures.before.30d": "30 Tage davor: {value}",
  "figures.before.90d": "90 Tage davor: {value}",
  "figures.refused": "{count, plural, one {Meta hat # Event abgelehnt} other {Meta hat # Events abgelehnt}}",
  "figures.expired":
    "{count, plural, one {# Event war für Meta zu alt, als es gesendet werden konnte} other {# Events waren für Meta zu alt, als sie gesendet werden konnten}}",
  "figures.meaning": "Abgeschlossene Events nach den Tagen des Shops. Was noch unterwegs ist, zählt nicht dazu.",
  "delay.seconds": "{count, number} s",
  "delay.minutes": "{count, number} min",
  "delay.hours": "{count, number} h",
  "chart.outcomes": "Events nach Tagen",
  "chart.legs": "Anteil, den Browser und Server beide gemeldet haben",
  "chart.delay": "Dauer bis Meta, die Hälfte der Events eines Tages",
  "chart.names": "Events nach Namen",
  "chart.reasons": "Warum Events ausgelassen wurden",
  "chart.keys": "Kundenschlüssel",
  "chart.keys-note":
    "Wie viele der Events, die Meta angenommen hat, den Schlüssel hatten. Mehr Schlüssel treffen mehr Menschen.",
  "chart.table": "Als Tabelle: {chart}",
  "chart.nothing": "In diesem Zeitraum gibt es nichts.",
  "chart.day": "Tag",
  "chart.events": "Anzahl",
  "chart.share": "Anteil",
  "chart.mark":
    "Vor dieser Linie nicht vergleichbar: Die Einstellungen wurden am {day} geändert (Version {version, number}).",
  "chart.marks-note":
    "Gestrichelte Linien: Die Einstellungen wurden geändert. Vor einer solchen Linie nicht vergleichbar.",
  "chart.delivered": "Von Meta angenommen",
  "chart.failed": "Abgelehnt oder abgelaufen",
  "chart.excluded": "Ausgelassen",
  "chart.waiting": "Wartend",
  "chart.delivered.count": "{count, number} angenommen",
  "chart.failed.count": "{count, number} abgelehnt oder abgelaufen",
  "chart.excluded.count": "{count, number} ausgelassen",
  "chart.waiting.count": "{count, number} wartend",
  "key.em": "E-Mail (em)",
  "key.ph": "Telefon (ph)",
  "key.fbp": "Browser-ID (fbp)",
  "key.fbc": "Klick-ID (fbc)",
  "key.external_id": "Kunden-ID (external_id)",
  "key.ip": "IP-Adresse",
  "key.ua": "Kennung des Browsers (user agent)",
  "guide.title": "Einrichtung",
  "guide.complete": "Alles ist eingerichtet, und Tandem hat gesehen, dass es funktioniert.",
  "guide.progress":
    "{done, number} von {count, number} Schritten sind erledigt. Ein Schritt wird von selbst grün, wenn Tandem gesehen hat, dass er funktioniert.",
  "guide.progress.label": "Erledigte Schritte",
  "guide.done": "Erledigt",
  "guide.open": "Offen",
  "guide.since": "Zuerst gesehen: {at}.",
  "guide.to.settings": "Pixel verbinden",
  "guide.to.events-manager": "Events Manager öffnen",
  "guide.to.customer-events": "Kundenereignisse öffnen",
  "guide.to.theme-editor": "Theme-Editor öffnen",
  "guide.to.storefront": "Onlineshop öffnen",
  "guide.to.events": "Events ansehen",
  "guide.to.draft-order": "Bestellentwurf anlegen",
  "step.pixel.title": "Ihren Meta-Pixel verbinden",
  "step.pixel.done": "Ein Meta-Pixel ist verbunden.",
  "step.pixel.open":
    "Geben Sie die Pixel-ID von Meta und ein Zugriffstoken der Conversions API ein. Beides steht in Metas Events Manager unter „Datenquellen“, Ihr Pixel, „Einstellungen“.",
  "step.token.title": "Meta nimmt das Zugriffstoken an",
  "step.token.done": "Meta hat das Token angenommen.",
  "step.token.refused":
    "Meta lehnt das Token ab: Es ist vielleicht abgelaufen oder gehört zu einem anderen Pixel. Erzeugen Sie im Events Manager ein neues, und ersetzen Sie das alte in den Einstellungen. Bis dahin bleiben Events gespeichert und werden gesendet, sobald Meta das neue Token annimmt.",
  "step.token.checking": "Meta wird nach dem Token gefragt. Die Antwort erscheint hier.",
  "step.token.unconfirmed":
    "Das Token ist gespeichert, und Meta hat es noch nicht bestätigt. Dieser Schritt wird dann grün: Tandem prüft das Token innerhalb einer Stunde, und auch das erste Event, das Meta annimmt, bestätigt es.",
  "step.token.open":
    "Erzeugen Sie im Events Manager unter „Einstellungen“, „Conversions API“ ein Token. Tandem prüft es bei Meta, wenn Sie den Pixel verbinden.",
  "step.web-pixel.title": "Tandems Web-Pixel ist an",
  "step.web-pixel.done": "Shopify führt Tandems Web-Pixel im Onlineshop und im Checkout aus.",
  "step.web-pixel.open":
    "Tandem schaltet seinen Web-Pixel von selbst ein. Diese Seite zeigt es, sobald Shopify es bestätigt hat. In Shopify steht Tandem dann unter „Kundenereignisse“ als verbunden.",
  "step.web-pixel.refused":
    "Shopify hat die Einstellungen des Web-Pixels nicht angenommen: siehe die Meldung oben. Speichern Sie die Einstellungen, um es erneut zu versuchen.",
  "step.embed.title": "Die App-Einbettung im Theme einschalten",
  "step.embed.done": "Die App-Einbettung von Tandem ist in Ihrem veröffentlichten Theme an.",
  "step.embed.open":
    "Sie hält Metas Klick- und Browser-IDs und die Einwilligung des Besuchers beim Warenkorb fest, damit sich mehr Bestellungen zuordnen lassen. Öffnen Sie den Theme-Editor, schalten Sie Tandem unter „App-Einbettungen“ ein, und speichern Sie.",
  "step.embed.needed":
    "Sie haben gewählt, dass das Theme die Events des Onlineshops meldet. Bis die Einbettung an ist, wird keines gemessen. Öffnen Sie den Theme-Editor, schalten Sie Tandem unter „App-Einbettungen“ ein, und speichern Sie.",
  "step.browser-event.title": "Erstes Event aus einem Browser",
  "step.browser-event.done": "Der Browser eines Käufers hat ein Event gemeldet.",
  "step.browser-event.open":
    "Öffnen Sie Ihren Shop in einem privaten Fenster, erlauben Sie Marketing-Cookies, falls der Shop fragt, und sehen Sie ein Produkt an.",
  "step.server-event.title": "Erstes Event vom Server",
  "step.server-event.done": "Meta hat ein Event von Tandems Server angenommen.",
  "step.server-event.open":
    "Dieser Schritt wird grün, wenn Meta das erste Event von Tandems Server annimmt. Bleibt er offen, sehen Sie unter „Events“ nach den Gründen.",
  "step.pair.title": "Erstes Paar: ein Event, beide Seiten",
  "step.pair.done":
    "Browser und Server haben dasselbe Event mit einer Event-ID gemeldet. Meta kann es deshalb einmal zählen.",
  "step.pair.open":
    "Dieser Schritt wird mit dem ersten Event grün, das Browser und Server mit einer Event-ID melden. Sehen Sie in einem privaten Fenster ein Produkt an, um eines zu erzeugen.",
  "step.purchase.title": "Erster Purchase bei Meta angekommen",
  "step.purchase.done": "Meta hat einen Purchase erhalten.",
  "step.purchase.open":
    "Legen Sie einen Bestellentwurf für sich selbst an, und markieren Sie ihn als bezahlt, oder geben Sie eine Testbestellung auf, während Ihr Pixel einen Test-Event-Code hat. Dieser Schritt wird grün, wenn Meta den Purchase erhalten hat.",
  "orders-compared.title": "Mit den Bestellungen in Shopify abgeglichen",
  "orders-compared.none":
    "Zuletzt am {at}: {count, plural, one {# geänderte Bestellung} other {# geänderte Bestellungen}} angesehen, keine fehlte.",
  "orders-compared.missing":
    "Zuletzt am {at}: {count, plural, one {# geänderte Bestellung} other {# geänderte Bestellungen}} angesehen, davon fehlten {missing, number}.",
  "orders-compared.found": "{count, plural, one {# Bestellung} other {# Bestellungen}}: {because} {outcome}",
  "orders-compared.stopped": "Der Abgleich brach ab und macht beim nächsten Mal weiter: {problem}",
  "missing.webhook-never-came": "Shopify hat sie Tandem nie gesendet.",
  "missing.payment-webhook-never-came": "Shopify hat Tandem die Zahlung nie gemeldet.",
  "missing.trigger-webhook-never-came": "Shopify hat Tandem die Zustellung, die Ausführung oder den Tag nie gemeldet.",
  "missing.quarantined": "Tandem konnte sie zuerst nicht lesen.",
  "found.added": "Ergänzt und unterwegs zu Meta.",
  "found.advanced": "Ergänzt und unterwegs zu Meta.",
  "found.already-there": "Inzwischen angekommen.",
  "found.too-old": "Nicht gesendet: Meta nimmt Events nur 7 Tage lang an.",
  "found.unreadable": "Nicht gesendet: Tandem kann Shopifys Daten nicht lesen.",
  "found.gone": "Nicht gesendet: im Shop gelöscht.",
  "refused-posts.title": "Nicht angenommene Meldungen",
  "refused-posts.text":
    "Jeder kann Meldungen an die Adresse Ihres Shops bei Tandem senden, einige in sieben Tagen sind also normal. Viele bedeuten, dass Browser eine alte Version von Tandem ausführen oder dass eine andere App oder ein Skript stört.",
  "refused-posts.line": "{posts, number}: {because}",
  "refused.too-long": "zu lang",
  "refused.not-json": "nicht im Format einer Meldung",
  "refused.wrong-field": "mit einem fehlenden oder ungültigen Feld",
  "refused.no-id": "ohne Event-ID",
  "refused.unknown-address": "an eine Adresse gesendet, die zu keinem Shop gehört",
  "refused.foreign-page":
    "über eine Seite, die nicht zu Ihrem Shop gehört, etwa eine Kopie davon auf einer anderen Domain",
  "refused.erased":
    "über eine Bestellung, deren Kundendaten Sie haben löschen lassen; deshalb wurde nichts davon gespeichert",
  "refused.too-many": "schneller gesendet, als ein Besucher oder Ihr ganzer Shop melden darf",
  "refused.too-much": "hätten mehr gespeichert, als ein Besucher oder Ihr ganzer Shop auf einmal speichern darf",
  "refused.guessing": "über mehr verschiedene Bestellungen, als ein Besucher aufgeben kann",
  "no-ratings":
    "Tandem zeigt, ob Events angekommen sind, zusammenpassen und übereinstimmen. Es bewertet Ihre Werbung nicht: Keine dieser Zahlen sagt, wie gut sie wirkt.",
} as const satisfies Translated<"home">;
