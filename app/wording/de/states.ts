import type { Translated } from "../catalogue.ts";

export const states = {
  "event.waiting-for-payment.label": "Wartet auf Zahlung",
  "event.waiting-for-payment.meaning":
    "Die Bestellung ist noch nicht bezahlt. Sie wird gesendet, wenn Shopify die Zahlung meldet, mit dem Zeitpunkt und den Artikeln dieses Moments.",
  "event.waiting-for-fulfillment.label": "Wartet auf Zustellung",
  "event.waiting-for-fulfillment.meaning":
    "Die Bestellung ist noch nicht zugestellt. Sie wird gesendet, wenn der Versanddienst die Zustellung an Shopify meldet, oder wenn sie ausgeführt ist, falls kein Versanddienst meldet, mit dem Zeitpunkt und den Artikeln dieses Moments.",
  "event.waiting-for-tag.label": "Wartet auf ihren Tag",
  "event.waiting-for-tag.meaning":
    "Die Bestellung hat Ihren Tag noch nicht. Sie wird gesendet, wenn sie ihn erhält, mit dem Zeitpunkt und den Artikeln dieses Moments.",
  "event.joining.label": "Wartet auf den Browser",
  "event.joining.meaning":
    "Der Browser des Käufers kann dieses Event noch melden. Tut er es nicht, wird das Event ohne die Daten des Browsers gesendet.",
  "event.queued.label": "Unterwegs",
  "event.queued.meaning": "Das Event steht zum Senden an Meta bereit.",
  "event.delivered.label": "Zugestellt",
  "event.delivered.meaning": "Meta hat das Event des Servers angenommen.",
  "event.withheld.label": "Nicht gesendet",
  "event.withheld.meaning": "Tandem hat dieses Event aus dem angegebenen Grund nicht gesendet.",
  "event.refused.label": "Abgelehnt",
  "event.refused.meaning": "Meta nimmt dieses Event nicht an. Es erneut zu senden würde nicht helfen.",
  "event.expired.label": "Abgelaufen",
  "event.expired.meaning":
    "Das Event ist älter geworden als die 7 Tage, die Meta annimmt, bevor es zugestellt werden konnte.",
  "delivery.queued.label": "Unterwegs",
  "delivery.queued.meaning": "Das Event wartet, bis es an der Reihe ist, oder auf den nächsten Versuch.",
  "delivery.held.label": "Wartet auf den Pixel",
  "delivery.held.meaning":
    "Der Pixel ist pausiert oder blockiert. Dieses Event bleibt gespeichert und wird gesendet, wenn der Pixel wieder funktioniert.",
  "delivery.delivered.label": "Zugestellt",
  "delivery.delivered.meaning": "Meta hat das Event für diesen Pixel angenommen.",
  "delivery.withheld.label": "Nicht gesendet",
  "delivery.withheld.meaning": "Tandem hat dieses Event aus dem angegebenen Grund nicht gesendet.",
  "delivery.refused.label": "Abgelehnt",
  "delivery.refused.meaning": "Meta nimmt dieses Event für diesen Pixel nicht an.",
  "delivery.expired.label": "Abgelaufen",
  "delivery.expired.meaning": "Das Event ist älter geworden, als Meta annimmt, bevor es zugestellt werden konnte.",
  "verdict.accepted.label": "Angenommen",
  "verdict.accepted.meaning": "Meta hat das Event angenommen.",
  "verdict.try-later.label": "Später erneut",
  "verdict.try-later.meaning":
    "Meta konnte das Event zu diesem Zeitpunkt nicht annehmen. Tandem versucht es von selbst erneut.",
  "verdict.refused.label": "Abgelehnt",
  "verdict.refused.meaning": "Meta wird dieses Event nie annehmen.",
  "verdict.blocked.label": "Blockiert",
  "verdict.blocked.meaning": "Sie müssen etwas tun: Alle Events für diesen Pixel warten, bis sein Problem behoben ist.",
  "pixel.active.label": "Sendet",
  "pixel.active.meaning": "Events gehen an diesen Pixel.",
  "pixel.paused.label": "Pausiert",
  "pixel.paused.meaning":
    "Sie haben diesen Pixel pausiert. Was inzwischen geschieht, steht unter „Events“ als nicht gesendet und wird auch später nicht gesendet.",
  "pixel.blocked.label": "Von Meta blockiert",
  "pixel.blocked.meaning":
    "Meta nimmt für diesen Pixel keine Events an. Sie bleiben gespeichert und werden gesendet, sobald das Problem behoben ist.",
  "data-request.being-assembled.label": "In Vorbereitung",
  "data-request.being-assembled.meaning":
    "Tandem stellt die Datei zusammen. Laden Sie diese Seite in einer Minute neu.",
  "data-request.ready.label": "Bereit",
  "data-request.ready.meaning": "Die Datei ist fertig. Laden Sie sie herunter und geben Sie sie dem Kunden.",
  "data-request.downloaded.label": "Heruntergeladen",
  "data-request.downloaded.meaning": "Sie haben die Datei. Sie können sie erneut herunterladen, bis sie gelöscht wird.",
  "browser-leg.sent.label": "Gesendet",
  "browser-leg.sent.meaning": "Der Browser des Käufers hat dieses Event an Meta gesendet.",
  "browser-leg.skipped.label": "Ausgelassen",
  "browser-leg.skipped.meaning": "Der Browser hat das Event an Tandem gemeldet, aber nicht an Meta gesendet.",
  "browser-leg.unseen.label": "Nicht gesehen",
  "browser-leg.unseen.meaning":
    "Kein Browser hat dieses Event gemeldet. Das ist normal bei Bestellungen aus dem Adminbereich, von der Kasse oder aus einem Abonnement und bei Käufern, die Tracking blockieren.",
  "consent.send.label": "Darf gesendet werden",
  "consent.send.meaning": "Das Event darf gesendet werden.",
  "consent.send-limited.label": "Darf eingeschränkt gesendet werden",
  "consent.send-limited.meaning":
    "Das Event darf mit Metas Kennzeichen für eingeschränkte Datennutzung gesendet werden.",
  "consent.withhold.label": "Darf nicht gesendet werden",
  "consent.withhold.meaning": "Das Event darf nicht gesendet werden.",
  "preview.send.label": "Würde gesendet",
  "preview.send.meaning": "Tandem würde dieses Event senden.",
  "preview.wait.label": "Würde warten",
  "preview.wait.meaning": "Tandem würde dieses Event behalten, bis Shopify die Zahlung meldet, und es dann senden.",
  "preview.withheld.label": "Würde nicht gesendet",
  "preview.withheld.meaning": "Tandem würde dieses Event aus dem angegebenen Grund nicht senden.",
  "preview.refused.label": "Würde abgelehnt",
  "preview.refused.meaning": "Meta würde dieses Event nicht annehmen. Tandem würde es deshalb nicht senden.",
  "event.held-blocked.label": "Wartet: Der Pixel ist blockiert",
  "event.held-blocked.meaning":
    "Meta nimmt für diesen Pixel zurzeit keine Events an. Das Event wird aufbewahrt und gesendet, sobald der Pixel wieder arbeitet: Was zu tun ist, steht unter Einstellungen.",
  "event.held-paused.label": "Wartet: Der Pixel ist pausiert",
  "event.held-paused.meaning":
    "Der Pixel wurde pausiert, bevor dieses Event gesendet war. Es wird aufbewahrt und gesendet, wenn Sie den Pixel unter Einstellungen fortsetzen.",
} as const satisfies Translated<"states">;
