/** What becomes of a report about a lead (`outcome.…`), and what to know about a funnel before it is saved. */
export const leads = {
  "outcome.accepted": "The lead reached the stage, and its event goes to Meta.",
  "outcome.duplicate": "The lead had reached this stage before. Meta is sent each stage once, so nothing was sent.",
  "outcome.key-reused":
    "This idempotency key was used for another report, so nothing was done. Use a new key for each report.",
  "outcome.invalid":
    "The report is not of the expected form, so nothing was done. Correct what is named, and send it under a new key.",
  "outcome.reopened": "The lead was disqualified and is open again. Nothing is sent about that.",
  "outcome.disqualified-again":
    "The lead is disqualified again. Meta was sent that the first time, so nothing was sent.",
  "outcome.unknown-stage":
    "No stage of your funnel has this key or name. Use one of them, or add the stage to the funnel.",
  "outcome.unknown-lead":
    "No lead is known by this name; one that was deleted is not known any more. Check the reference, or report by the ID of the form’s event.",
  "outcome.ambiguous":
    "More than one lead has this name. Report by the ID of the form’s event, or by your own reference.",
  "outcome.declined-consent":
    "The person declined marketing, so this lead is not sent at any stage. There is nothing to do.",
  "outcome.consent-unknown":
    "Nobody said whether this lead from an Instant Form agreed. Send the consent with the report, or confirm in the funnel that your Instant Forms ask for it.",
  "outcome.in-future": "Its time is in the future, and Meta refuses such events. Check the time zone of your system.",
  "outcome.too-old":
    "It happened more than seven days ago, and Meta takes no older events. Report stages within seven days.",
  "outcome.before-lead":
    "Its time is before the lead’s own. Check the time zone of your system, and which lead is meant.",
  "outcome.after-disqualified": "The lead is disqualified. Report the stage “reopen” first if it is open again.",
  "outcome.out-of-order":
    "A stage before it is missing or later in time, or a later one was reached already. Report the stages in the order of your funnel, or allow the missing one to be skipped.",
  "warning.no-primary": "No stage is your primary conversion. Choose the one that your campaigns should find more of.",
  "warning.primary-is-the-lead":
    "{stage} is reached by every form, good or not. Choose a later stage, so that Meta finds leads that are worth something.",
  "warning.primary-without-value":
    "{stage} has no value, so Meta cannot prefer leads that are worth more. Enter what one is worth to you on average.",
  "warning.newsletter-counts-as-lead":
    "A newsletter sign-up counts as {stage}, and it is an action without business value: Meta would look for people who sign up, not for people who buy. Report the newsletter as nothing or as another event, or choose a later stage.",
} as const;
