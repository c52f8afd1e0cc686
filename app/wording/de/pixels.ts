import type { Translated } from "../catalogue.ts";

export const pixels = {
  about:
    "Wohin Events gesendet werden. Ein verbundener Pixel erhält jedes Event, vom Browser und vom Server, sofern Sie ihn nicht einschränken.",
  connected: "Verbundene Pixel",
  none: "Keine.",
  pixel: "Pixel {pixel}",
  connect: "Einen Pixel verbinden",
  "connect-pixel": "Pixel verbinden",
  "replace-of": "Das Token von Pixel {pixel} ersetzen",
  "replace-token": "Token ersetzen",
  "replace-token-of": "Token ersetzen: Pixel {pixel}",
  id: "Pixel-ID",
  "id.help":
    "Die Nummer im Events Manager unter Datenquellen, Ihr Pixel, Einstellungen (Datensatz-ID), oder die Adresse der dortigen Seite des Pixels.",
  "id.in-address": "Diese Adresse nennt den Pixel {pixel}.",
  token: "Zugriffstoken",
  "token.help":
    "Aus dem Events Manager: Ihr Pixel, Einstellungen, Conversions API, Zugriffstoken generieren. Es wird verschlüsselt gespeichert und nie wieder angezeigt.",
  "token.stored-help":
    "Ein Token ist gespeichert. Es wird nie wieder angezeigt: Lassen Sie das Feld leer, um es zu behalten, oder fügen Sie ein neues ein, um es zu ersetzen.",
  "token-stored": "Ein Token ist gespeichert.",
  "no-token": "Kein Token ist gespeichert, deshalb sendet der Server nichts an diesen Pixel.",
  "test-code": "Test-Event-Code (optional)",
  "test-code.help":
    "Aus dem Events Manager, Test-Events. Solange er gesetzt ist, zeigt Meta die Events des Servers dort an. Entfernen Sie ihn, wenn Sie mit dem Testen fertig sind.",
  "test-code-set": "Der Test-Event-Code {code} ist gesetzt.",
  "check-pixel": "Jetzt prüfen",
  "check-pixel.of": "Jetzt prüfen: Zugriffstoken des Pixels {pixel}",
  checking: "Wird geprüft",
  "checking.meaning": "Meta wird nach dem Zugriffstoken gefragt. Die Antwort erscheint hier.",
  unchecked: "Noch nicht geprüft",
  "unchecked.meaning":
    "Meta hat das Zugriffstoken noch nicht bestätigt. Tandem fragt einmal am Tag und mit dem ersten Event.",
  "without-token": "Kein Zugriffstoken",
  "pause-pixel": "Pausieren",
  "pause-pixel.of": "Pausieren: Pixel {pixel}",
  "pause.heading": "Pixel {pixel} pausieren?",
  "pause.ask":
    "Solange er pausiert ist, senden weder die Browser der Kunden noch der Server an den Pixel. Events aus dieser Zeit werden als nicht gesendet aufgeführt und auch später nicht gesendet.",
  "pause.confirm": "Ja, pausieren",
  "resume-pixel": "Fortsetzen",
  "resume-pixel.of": "Fortsetzen: Pixel {pixel}",
  disconnect: "Trennen",
  "disconnect-of": "Trennen: Pixel {pixel}",
  "disconnect.heading": "Pixel {pixel} trennen?",
  "disconnect.ask":
    "Tandem löscht das Zugriffstoken. Browser und Server senden nichts mehr an den Pixel, und Events, die noch auf ihn warten, werden nicht gesendet.",
  "disconnect-pixel": "Ja, {pixel} trennen",
  limits: "Einschränkungen",
  "limits.of": "Einschränkungen von Pixel {pixel}",
  "limits.help":
    "Browser und Server wenden dieselben Einschränkungen an. Der Pixel erhält also beide Seiten eines Events oder keine.",
  "limits.countries": "Länder",
  "limits.every-country": "Alle Länder",
  "limits.countries.help":
    "Je zwei Buchstaben, zum Beispiel DE, AT, CH. Ist das Land eines Besuchers unbekannt, erhält ein eingeschränkter Pixel nichts.",
  "limits.channels": "Vertriebskanäle",
  "limits.events": "Events",
  "limits.save": "Einschränkungen speichern",
  "limits.sentence": "Eingeschränkt auf {limits}.",
  "limits.countries-are": "Länder: {names}",
  "limits.channels-are": "Vertriebskanäle: {names}",
  "limits.not": "nicht: {names}",
} as const satisfies Translated<"pixels">;
