import type { Translated } from "../catalogue.ts";

export const leadGuides = {
  hubspot: "HubSpot",
  "hubspot.text":
    "Legen Sie in HubSpot eine private oder öffentliche App mit Webhooks an. Geben Sie oben ihr Client-Geheimnis ein, und legen Sie hier die Adresse an. Verwenden Sie die Adresse als Ziel-URL, und abonnieren Sie Änderungen von dealstage, lifecyclestage oder hs_lead_status. Der Lead wird durch die ID des Datensatzes benannt: Schreiben Sie sie in das Formularfeld tandem_reference, oder ordnen Sie eine Eigenschaft mit Ihrer Referenz zu.",
  pipedrive: "Pipedrive",
  "pipedrive.text":
    "Legen Sie hier die Adresse an. Fügen Sie in Pipedrive unter Tools und Apps, Webhooks, einen Webhook v2 für Deals mit der Adresse, dem Benutzernamen tandem und dem Geheimnis als Passwort hinzu. Pipedrive sendet die Nummer einer Phase: Ordnen Sie jede Nummer unter words einer Stufe zu.",
  "salesforce-flow": "Salesforce Flow (HTTP-Callout)",
  "salesforce-flow.text":
    "Legen Sie hier die Adresse an. Legen Sie in Salesforce Anmeldeinformationen (Named Credential) an, die den Header Authorization mit Bearer und dem Geheimnis setzen, und in einem Flow einen HTTP-Callout, der externalId oder email, stage und at an die Adresse sendet.",
  "salesforce-message": "Salesforce Outbound Message",
  "salesforce-message.text":
    "Geben Sie oben die ID Ihrer Organisation ein (Setup, Company Information), und legen Sie die Adresse an. Fügen Sie in Salesforce eine Outbound Message an die Adresse, die das Geheimnis enthält, mit den Feldern Id, Email, Status und SystemModstamp hinzu.",
  gohighlevel: "GoHighLevel",
  "gohighlevel.text":
    "Geben Sie oben die ID Ihres Standorts ein, und legen Sie die Adresse an. Verwenden Sie sie als Webhook-URL Ihrer Marketplace-App, für Opportunities. Der Lead wird durch die ID des Kontakts benannt; ordnen Sie ein Feld mit Ihrer Referenz zu, wenn Ihr Formular sie nicht enthält.",
  generic: "Jedes andere System (JSON)",
  "generic.text":
    "Legen Sie hier die Adresse an, und signieren Sie jede Anfrage: X-Tandem-Timestamp mit Unix-Sekunden, und X-Tandem-Signature mit sha256= und dem HMAC-SHA256 aus Zeit, Punkt und Inhalt mit dem Geheimnis. docs/leads.md hat ein Beispiel mit curl.",
  tags: "Kunden-Tags in Shopify",
  "tags.text":
    "Geben Sie einer Stufe den Tag, mit dem Ihr Shop Kunden kennzeichnet. Bekommt ein Kunde den Tag, erreicht sein Lead die Stufe. Er wird gefunden, wenn der Absender des Formulars angemeldet war.",
  metafield: "Kunden-Metafeld in Shopify",
  "metafield.text":
    "Geben Sie bei den Stufen Namensraum und Schlüssel des Metafelds ein. Bekommt das Metafeld eines Kunden den Schlüssel oder Namen einer Stufe als Wert, erreicht sein Lead die Stufe. Er wird gefunden, wenn der Absender des Formulars angemeldet war. Ein Wert, der keine Stufe ist, steht mit dem Grund in der Liste; den Wert zu entfernen macht nichts rückgängig.",
  flow: "Shopify Flow",
  "flow.text":
    "Fügen Sie einem Workflow die Aktion „Send stage to Meta“ hinzu, und geben Sie die Stufe und Ihre Referenz, den Kunden oder die E-Mail-Adresse ein. Ein Schlüssel ist nicht nötig. Ein Lauf, der nichts ändert, schlägt mit dem Grund im Protokoll des Workflows fehl.",
} as const satisfies Translated<"leadGuides">;
