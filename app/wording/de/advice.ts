import type { Translated } from "../catalogue.ts";

export const advice = {
  reconnect:
    "Erstellen Sie im Events Manager ein neues (Datenquellen, Ihr Pixel, Einstellungen, Conversions API, Zugriffstoken generieren) und speichern Sie es in den Einstellungen. Bis dahin bleiben Events erhalten, bis zu 7 Tage, nachdem sie geschehen sind.",
  "log-in":
    "Sobald sie sich auf facebook.com angemeldet und dort erledigt hat, was verlangt wird, akzeptiert Meta das Token wieder: Tandem fragt stündlich nach, „Jetzt prüfen“ in den Einstellungen sofort. Lehnt Meta es dann noch ab:",
  throttled: "Meta begrenzt die Anzahl der Anfragen. Tandem macht von selbst weiter, wenn die Begrenzung endet.",
  abuse: "Meta nennt diese Begrenzung einen Schutz vor Missbrauch.",
  recovering: "Meta hat eine vorübergehende Störung. Tandem versucht es von selbst erneut.",
  between:
    "Statt Meta hat ein Proxy oder eine Firewall zwischen Tandem und Meta geantwortet. Der Betreiber dieser App muss Anfragen an Meta erlauben (META_GRAPH_URL). Tandem versucht es von selbst erneut, solange Meta das Event annimmt.",
  messaging:
    "Meta hat das Event als Teil eines Nachrichtenverlaufs behandelt und konnte es keiner Seite und keinem Konto zuordnen.",
  "our-request": "Meta konnte die Anfrage nicht lesen. Das ist ein Fehler der App, nicht Ihrer Einstellungen.",
  policies:
    "Meta hat dieses Konto wegen seiner Richtlinien für eine Weile gesperrt. Prüfen Sie die Kontoqualität in der Meta Business Suite.",
  "token-invalid": "Das Zugriffstoken ist nicht mehr gültig.",
  "token-unreadable": "Meta konnte das Zugriffstoken nicht lesen.",
  "token-app-removed": "Die App, die das Zugriffstoken erstellt hat, wurde entfernt.",
  "token-checkpoint":
    "Die Person, die das Zugriffstoken erstellt hat, muss sich zuerst bei Facebook anmelden und eine Prüfung bestehen.",
  "token-password": "Das Zugriffstoken wurde ungültig, weil ein Passwort geändert wurde.",
  "token-expired": "Das Zugriffstoken ist abgelaufen.",
  "token-unconfirmed": "Die Person, die das Zugriffstoken erstellt hat, hat ihr Konto nicht bestätigt.",
  "token-withdrawn": "Das Zugriffstoken wurde widerrufen.",
  "no-such-pixel":
    "Es gibt keinen Pixel mit dieser ID, oder das Zugriffstoken gehört nicht zu ihm. Vergleichen Sie die ID mit der im Events Manager.",
  "token-no-events": "Das Zugriffstoken darf keine Events senden.",
  "token-no-ads": "Dem Zugriffstoken fehlt die Berechtigung, Werbeanzeigen zu verwalten.",
  "token-no-permission": "Dem Zugriffstoken fehlt eine Berechtigung.",
  "old-version":
    "Meta bietet die Version der Graph API, die die App verwendet, nicht mehr an. Der Betreiber dieser App muss eine neuere META_GRAPH_VERSION einstellen.",
  "wrong-address":
    "Meta kennt die Adresse nicht, an die die App sendet. Der Betreiber dieser App muss META_GRAPH_URL und META_GRAPH_VERSION prüfen.",
  "too-old": "Das Event ist älter, als Meta annimmt (7 Tage, 62 bei Verkäufen in einem Ladengeschäft).",
  "in-the-future":
    "Laut Meta liegt das Event in der Zukunft. Der Betreiber dieser App muss die Uhr des Servers prüfen.",
  "no-content-id": "Ein Artikel des Events hat keine Katalog-ID.",
  "no-value": "Der Kauf hat keinen Wert.",
  "no-currency": "Das Event hat einen Wert ohne Währung.",
  "unknown-lead": "Meta kennt den Lead nicht, den das Event nennt.",
  "app-data": "Meta konnte die App-Daten des Events nicht lesen.",
  "few-details": "Das Event hat zu wenige Kundendaten, als dass Meta es nutzen könnte.",
  "bad-content": "Meta meldet einen Fehler im Inhalt des Events.",
  "too-large": "Das Event ist größer, als Meta annimmt.",
  "no-answer": "Meta war nicht erreichbar. Tandem versucht es von selbst erneut.",
  "short-count":
    "Meta hat weniger Events bestätigt, als Tandem gesendet hat. Tandem sendet sie noch einige Male, mit denselben Event-IDs.",
  unrecognized: "Meta hat eine Antwort gegeben, die Tandem noch nicht kennt. Tandem versucht es noch einige Male.",
  "check-valid": "Meta kennt diesen Pixel, und das Zugriffstoken darf Events an ihn senden.",
  "check-token":
    "Meta nimmt dieses Zugriffstoken nicht an. Erstellen Sie im Events Manager ein neues: Datenquellen, Ihr Pixel, Einstellungen, Conversions API, Zugriffstoken generieren. Kopieren Sie es vollständig.",
  "check-pixel":
    "Das Zugriffstoken gehört zu keinem Pixel mit dieser ID. Die Meta-Pixel-ID steht im Events Manager unter „Datenquellen“ unter dem Namen des Pixels; erstellen Sie das Token auf der Einstellungsseite desselben Pixels.",
  "check-unreachable": "Meta war nicht erreichbar. Pixel und Zugriffstoken sind deshalb noch nicht geprüft.",
  "check-unclear":
    "Metas Antwort bestätigt Pixel und Zugriffstoken nicht. Beobachten Sie die ersten Events im Events Manager unter „Events testen“.",
  expired: "Älter, als Meta annimmt (7 Tage; 62 bei Verkäufen in einem Ladengeschäft).",
  names: "Meta nennt {parameters}.",
  quoted: "„{said}“",
} as const satisfies Translated<"advice">;
