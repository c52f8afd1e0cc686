/** What is wrong with a field of the settings, and what to enter instead. */
export const fieldProblems = {
  unreadable: "This cannot be read. Check it and enter it again.",
  "pixel-id.missing": "Enter the Meta pixel ID. Find it in Meta Events Manager: Data sources, your pixel, Settings.",
  "pixel-id.digits":
    "A Meta pixel ID has digits only. Find it in Meta Events Manager: Data sources, your pixel, Settings.",
  "pixel-id.length":
    "A Meta pixel ID has 5 to 20 digits, usually 15 or 16. Find it in Meta Events Manager: Data sources, your pixel, Settings.",
  "token.missing":
    "Enter the access token. Create one in Meta Events Manager: Data sources, your pixel, Settings, Conversions API, Generate access token.",
  "token.not-stored": "Enter the access token: none is stored for this pixel yet.",
  "token.spaces":
    "An access token has no spaces or line breaks; copy it again in one piece. Create one in Meta Events Manager: Data sources, your pixel, Settings, Conversions API, Generate access token.",
  "token.signs":
    "An access token has only plain letters, digits and signs. Create one in Meta Events Manager: Data sources, your pixel, Settings, Conversions API, Generate access token.",
  "token.length":
    "An access token has 8 to 1,024 characters and usually starts with EAA. Create one in Meta Events Manager: Data sources, your pixel, Settings, Conversions API, Generate access token.",
  "test-code.missing": "Enter the test event code, or leave it empty.",
  "test-code.form": "A test event code looks like TEST12345. Find it in Meta Events Manager: Test events.",
  trigger: "Choose when an order counts: when it is placed, or when it is paid, fulfilled or tagged.",
  "trigger-tag.missing": "Enter the tag that makes an order count, as it is on your orders.",
  "trigger-tag.form": "Enter the tag as it is on your orders, at most 40 characters, without a comma.",
  "value-basis":
    "Choose the value of a purchase: the order total, the subtotal after discounts, or the subtotal without tax.",
  "content-id": "Choose the ID that your Meta catalog uses: Commerce Manager, Catalog, Items, Content ID.",
  "content-country": "Enter the country of your catalog’s feed as two letters, such as US.",
  "storefront-mode": "Choose who reports storefront events: the web pixel or the app embed.",
  "context-wait": "Enter whole seconds from 0 to {most, number}; 90 suits most shops.",
  "wait-for-payment": "Enter whole days from 7 to {most, number}; 45 leaves an invoice of 30 days two weeks more.",
  "gift-cards": "Choose whether gift cards count as sales.",
  switch: "Choose on or off.",
  percent: "Enter a whole percentage from 1 to 100.",
  "predicted-orders":
    "Enter how many orders a subscription has on average, a whole number from 1 to {most, number}, or leave it empty.",
  "rules.form": "Write one rule per line, such as: withhold channel pos, withhold tag wholesale, send channel draft.",
  "rules.most": "There can be {most, number} rules at most.",
  "rule.match": "Choose what the rule checks: the sales channel or a tag.",
  "rule.name": "Enter the name of the channel or tag, or remove the rule.",
  "rule.name.length": "A name has at most {most, number} characters.",
  "rule.name.unstorable": "The name contains a character that cannot be stored. Type it again instead of pasting it.",
  "rule.action": "Choose send or withhold.",
  regions:
    "Enter countries as two letters, or regions such as US-CA, separated by commas: at most {most, number} of them.",
  forms:
    "Write one form per line and what to report it as, such as: newsletter none, contact Lead, #wholesale-form Contact. A form is contact, newsletter, registration, or a CSS selector made of IDs, classes and attributes.",
  "funnel.form":
    "Give the stages of a lead as JSON: 2 to {most, number} of them, the lead itself first, exactly one of the kind won and at most one of the kind disqualified. docs/leads.md has an example.",
  "funnel.key": "A stage’s key has lower-case letters, digits, hyphens.",
  "funnel.tag": "A customer tag has 1 to {most, number} characters.",
  "funnel.currency": "A currency has three letters, such as EUR.",
  "funnel.currency.missing": "A stage with a value needs its currency: Tandem never guesses one.",
  "funnel.won-last": "The stage of the kind won is the last one of the way.",
  "funnel.one-primary": "At most one stage is the primary conversion.",
  "funnel.same-name": "Two stages have the same key or name.",
  "funnel.reopen": "{name} opens a disqualified lead again, so no stage may have that name.",
  "funnel.same-tag": "Two stages have the same customer tag.",
  "funnel.same-event": "Two stages have the same event name: Meta would count them as one.",
  "name.length": "An event name has at most {most, number} characters.",
  "name.signs":
    "An event name starts with a letter and contains only letters, digits, spaces, hyphens and underscores.",
  "name.of-another": "{action} is another action’s name: Meta would count two different things as one.",
  "name.spelling": "Meta spells this event {standard}; any other spelling is a custom event.",
  "name.sensitive":
    "Meta forbids event names that suggest something sensitive; this one sounds like {category, select, health {health} finance {finance} religion {religion} politics {politics} origin {origin or belonging} sexuality {sex life or orientation} law {law and crime} children {children under 13} other {such a matter}}.",
  "mapping.primary": "Choose the action that your campaigns optimize for.",
  "mapping.legs": "Choose which legs send this: both, browser, server or off.",
  "mapping.no-browser-leg": "Only orders report this, so there is no browser leg: choose server or off.",
  "mapping.shared": "{action} is sent under this name already: Meta would count two different things as one.",
  "limits.too-long": "The list is too long. Write each country once, as two letters, such as DE, AT.",
  "limits.countries": "{names}: write countries as two letters, such as DE, AT.",
  "limits.unknown": "{names}: choose from {known}.",
  "limits.no-channel": "Choose at least one sales channel, or pause the pixel.",
  "limits.no-event": "Choose at least one event, or pause the pixel.",
} as const;
