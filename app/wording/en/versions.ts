/** Saved versions of the settings, and what a save would have changed about the last days. */
export const versions = {
  about: "Every save is a version. Each event shows the version that decided it, and nothing here is ever rewritten.",
  "one.heading": "Settings, version {version}",
  newest: "In force",
  first: "The settings of a new shop.",
  "pixels-only": "No setting changed: the list of pixels did, and was published anew.",
  setting: "Setting",
  before: "Before",
  after: "After",
  older: "Older versions",
  back: "Back to the newest",
  all: "All versions",
  open: "Version {version}",
  changed: "What changed",
  "is-newest": "These are the settings in force.",
  "go-back": "Go back to this version",
  "go-back.heading": "Go back",
  "go-back.same": "The settings in force choose the same, so there is nothing to go back to.",
  "go-back.about":
    "Saves these choices as a new version. Later versions stay in the list, and events keep what was decided.",
  "go-back.would": "What going back would change",
  "go-back.done": "Saved as version {version}",
  "go-back.superseded": "Not saved: somebody saved a newer version. Reload the page",
  "missing.heading": "There is no such version",
  "missing.text": "This shop has no version {version}.",
  "no-answer.regions": "Withhold in {regions}; elsewhere follow my shop’s privacy settings",
  "rule.withhold-channel": "Withhold orders of the channel {value}",
  "rule.withhold-tag": "Withhold orders with the tag {value}",
  "rule.send-channel": "Send orders of the channel {value}",
  "rule.send-tag": "Send orders with the tag {value}",
  form: "{form}: {event}",
  "funnel.stages": "Stages of a lead",
  "funnel.consent": "Consent of leads from Instant Forms",
  "funnel.consent.stated": "As each lead says",
  "funnel.consent.given": "Asked for by the forms",
  "funnel.metafield": "Customer metafield of leads",
  "stage.worth": "worth {amount}",
  "stage.predicted": "expected to bring in {amount}",
  "stage.primary": "primary conversion",
  "stage.skippable": "may be skipped",
  "stage.tag": "customer tag {tag}",
  "rehearsal.toast": "Not saved yet: see what it would change",
  "rehearsal.question": "Save? It would have changed events of the last 7 days",
  "rehearsal.keep-editing": "Keep editing",
  "rehearsal.nothing":
    "Nothing: all of the {count, plural, one {# order} other {# orders}} of the last {days} days would have been reported as they were.",
  "rehearsal.no-longer-sent":
    "{count, plural, one {# event that is sent would not be sent any more} other {# events that are sent would not be sent any more}}",
  "rehearsal.newly-sent":
    "{count, plural, one {# event that is not sent would be sent} other {# events that are not sent would be sent}}",
  "rehearsal.waits":
    "{count, plural, one {# event would wait first; what happened to its order afterwards is not rehearsed} other {# events would wait first; what happened to their orders afterwards is not rehearsed}}",
  "rehearsal.value":
    "{count, plural, one {# event would have another value} other {# events would have another value}}",
  "rehearsal.name": "{count, plural, one {# event would have another name} other {# events would have another name}}",
  "rehearsal.items":
    "{count, plural, one {# event would name its items by other IDs} other {# events would name their items by other IDs}}",
  "rehearsal.reason":
    "{count, plural, one {# event would not be sent for another reason} other {# events would not be sent for another reason}}",
  "rehearsal.values": "Purchases sent: {before} in all, then {after}",
  "rehearsal.unsent": "Not sent: {before, number}, then {after, number}. {reason}",
  "rehearsal.order": "Order",
  "rehearsal.orders":
    "From what is kept of {count, plural, one {# order} other {# orders}} of the last {days} days. Nobody was asked, and nothing is sent.",
  "rehearsal.newest":
    "From what is kept of the newest {count, plural, one {# order} other {# orders}} of the last {days} days; there are more. Nobody was asked, and nothing is sent.",
  "rehearsal.not-kept":
    "{count, plural, one {# order of these days could not be rehearsed} other {# orders of these days could not be rehearsed}}: they are from before Tandem kept what a rehearsal needs, erased, or very long.",
  "rehearsal.without.storefront": "Storefront events are not rehearsed, and follow: {settings}.",
  "rehearsal.without.leads": "Leads, forms and stages are not rehearsed, and follow: {settings}.",
  "rehearsal.without.upsells": "Items added after checkout are not rehearsed, and follow: {settings}.",
  "rehearsal.without.net-revenue": "The value less the items’ costs is not rehearsed, and follows: {settings}.",
  "rehearsal.without.other": "Not rehearsed, because no recorded order tells what it changes: {settings}.",
  "rehearsal.failed": "This change could not be rehearsed. Save it all the same?",
  "rehearsal.failed.text":
    "The orders of the last 7 days could not be read in time, so nobody knows what this would have changed about them. Nothing is saved yet, and what you chose is still in the form. Try again in a minute, or save without the rehearsal.",
  "rehearsal.save-anyway": "Save without rehearsal",
  "rehearsal.saved-without": "Saved. A part of what it changes was not rehearsed",
  "go-back.not-rehearsed":
    "What this would have changed about the last 7 days could not be found out in time. Reload the page to try again; you can go back all the same.",
} as const;
