import type { Translated } from "../catalogue.ts";

export const leads = {
  "outcome.accepted": "Der Lead hat die Stufe erreicht, und das Event geht an Meta.",
  "outcome.duplicate":
    "Der Lead hatte diese Stufe schon erreicht. Meta erhält jede Stufe einmal, deshalb wurde nichts gesendet.",
  "outcome.key-reused":
    "Dieser Idempotenzschlüssel gehört zu einer anderen Meldung, deshalb ist nichts geschehen. Verwenden Sie für jede Meldung einen neuen Schlüssel.",
  "outcome.invalid":
    "Die Meldung hat nicht die erwartete Form, deshalb ist nichts geschehen. Berichtigen Sie, was genannt ist, und senden Sie sie mit einem neuen Schlüssel.",
  "outcome.reopened": "Der Lead war disqualifiziert und ist wieder offen. Darüber wird nichts gesendet.",
  "outcome.disqualified-again":
    "Der Lead ist wieder disqualifiziert. Meta hat das beim ersten Mal erhalten, deshalb wurde nichts gesendet.",
  "outcome.unknown-stage":
    "Keine Stufe Ihres Trichters hat diesen Schlüssel oder Namen. Verwenden Sie eine davon, oder nehmen Sie die Stufe in den Trichter auf.",
  "outcome.unknown-lead":
    "Kein Lead ist unter dieser Angabe bekannt; ein gelöschter ist es nicht mehr. Prüfen Sie die Referenz, oder melden Sie mit der ID des Formularereignisses.",
  "outcome.ambiguous":
    "Mehr als ein Lead hat diese Angabe. Melden Sie mit der ID des Formularereignisses oder mit Ihrer eigenen Referenz.",
  "outcome.declined-consent":
    "Die Person hat Marketing abgelehnt, deshalb wird dieser Lead auf keiner Stufe gesendet. Es ist nichts zu tun.",
  "outcome.consent-unknown":
    "Niemand hat gesagt, ob dieser Lead aus einem Sofortformular zugestimmt hat. Senden Sie die Einwilligung mit der Meldung, oder bestätigen Sie im Trichter, dass Ihre Sofortformulare danach fragen.",
  "outcome.in-future":
    "Der Zeitpunkt liegt in der Zukunft, und Meta lehnt solche Events ab. Prüfen Sie die Zeitzone Ihres Systems.",
  "outcome.too-old":
    "Es geschah vor mehr als sieben Tagen, und ältere Events nimmt Meta nicht an. Melden Sie Stufen innerhalb von sieben Tagen.",
  "outcome.before-lead":
    "Der Zeitpunkt liegt vor dem des Leads. Prüfen Sie die Zeitzone Ihres Systems und welcher Lead gemeint ist.",
  "outcome.after-disqualified":
    "Der Lead ist disqualifiziert. Melden Sie zuerst die Stufe „reopen“, wenn er wieder offen ist.",
  "outcome.out-of-order":
    "Eine frühere Stufe fehlt oder ist jünger, oder eine spätere wurde schon erreicht. Melden Sie die Stufen in der Reihenfolge Ihres Trichters, oder erlauben Sie, die fehlende zu überspringen.",
  "warning.no-primary":
    "Keine Stufe ist Ihre wichtigste Conversion. Wählen Sie die, von der Ihre Kampagnen mehr finden sollen.",
  "warning.primary-is-the-lead":
    "{stage} erreicht jedes Formular, ob gut oder nicht. Wählen Sie eine spätere Stufe, damit Meta Leads findet, die etwas wert sind.",
  "warning.primary-without-value":
    "{stage} hat keinen Wert, deshalb kann Meta wertvollere Leads nicht bevorzugen. Geben Sie ein, was einer Ihnen im Durchschnitt wert ist.",
  "warning.newsletter-counts-as-lead":
    "Eine Anmeldung zum Newsletter zählt als {stage} und ist eine Aktion ohne geschäftlichen Wert: Meta würde Menschen suchen, die sich anmelden, nicht solche, die kaufen. Melden Sie den Newsletter gar nicht oder als ein anderes Event, oder wählen Sie eine spätere Stufe.",
} as const satisfies Translated<"leads">;
