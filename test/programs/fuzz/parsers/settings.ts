import fc from "fast-check";
import { EVENT_NAMES, isEventName } from "../../../../app/event-contract/event-name.ts";
import { parsePublishedSettings } from "../../../../app/event-contract/published-settings.ts";
import { answerSettingsForm, type FormPorts } from "../../../../app/routes/app/answer-settings-form.server.ts";
import { parsePixelFilter, SALES_CHANNELS } from "../../../../app/settings/pixel-filter.ts";
import { DEFAULT_MAPPING } from "../../../../app/settings/event-mapping.ts";
import { FormRules, formRulesText, StoredFormRules } from "../../../../app/settings/form-rules.ts";
import { NoAnswerField, noAnswerText } from "../../../../app/settings/no-answer-rule.ts";
import { orderChoices, StoredOrderSettings } from "../../../../app/settings/order-settings.ts";
import { mappingField, parseEventMapping, PRIMARY_FIELD } from "../../../../app/settings/parse-event-mapping.ts";
import { RULE_ROWS, ruleField } from "../../../../app/settings/parse-order-rules.ts";
import { publishedSettingsOf } from "../../../../app/settings/published-settings-of.ts";
import { changeFrom } from "../../../../app/settings/settings-change.ts";
import type { FieldProblem, ParsedInput } from "../../../../app/settings/types.ts";
import { parsePixelInput } from "../../../../app/settings/validate-settings.ts";
import { ENGLISH } from "../../../../app/wording/english.ts";
import { problemIn } from "../../../../app/wording/field-problem-words.ts";
import { aShopDomain, settingsWith } from "../../../fixtures/orders/settings.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectSame, expectStorable, expectThat } from "../invariants.ts";
import { fuzzed, fuzzedAsync } from "../of-inputs.ts";

const RULES = "withhold tag wholesale\nsend channel draft; withhold channel pos";
const FORMS = 'newsletter none\ncontact Lead; #wholesale-form > .field[name="a"] Contact';
/** What each field of the forms takes. */
const FIELDS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  purchaseTrigger: ["placed", "paid"],
  valueBasis: ["total", "subtotal_without_tax"],
  contentId: ["variant_id", "shopify_country_product_variant"],
  contentCountry: ["US", " de "],
  storefrontMode: ["pixel", "embed", "lite"],
  contextWaitSeconds: ["90", "0"],
  giftCards: ["count", "leave-out"],
  subscribeEvent: ["on", "off"],
  refundEvent: ["on"],
  upsellEvent: ["on"],
  customerSegmentation: ["off"],
  predictedOrders: ["", "6"],
  netRevenue: ["on"],
  netRevenueCoverage: ["80", "80%"],
  waitForPaymentDays: ["45"],
  rules: [RULES],
  forms: [FORMS],
  noAnswer: ["as-policy", "everywhere", "CA, US-NY"],
  [PRIMARY_FIELD]: ["Purchase"],
  [mappingField("Purchase", "as")]: ["Purchase", "BigPurchase"],
  [mappingField("Lead", "legs")]: ["both", "server"],
  [RULE_ROWS]: ["1", "2"],
  [ruleField(0, "match")]: ["tag", "channel"],
  [ruleField(0, "value")]: ["wholesale"],
  [ruleField(0, "action")]: ["send"],
};
const oneField = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.oneof(
      ...Object.entries(FIELDS).map(([name, samples]) =>
        fc.tuple(fc.constant(name), fc.oneof(fc.constantFrom(...samples), textLike(...samples))),
      ),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(hostileText, hostileText) },
);
const form = fc.array(oneField, { maxLength: 8 });

const BEFORE = settingsWith();
const PROFILE = { shop: aShopDomain(), ingestKey: "k1", installed: true, pixels: [] };

export const settingsForms = fuzzed("settings forms", form, (fields) => {
  const read = changeFrom(Object.fromEntries(fields), BEFORE);
  if (!read.ok) return expectProblems(read.problems);
  const { value } = read;
  expectStorable(value, "the settings");
  const orders = StoredOrderSettings.parse(JSON.parse(JSON.stringify(orderChoices(value))));
  const settings = { ...BEFORE, ...value, orders };
  const text = JSON.stringify(publishedSettingsOf({ ...PROFILE, settings }, "https://tandem.example.com"));
  const published = parsePublishedSettings(text);
  expectThat(published !== null, "what is published is read by the browser");
  for (const rule of published.forms ?? []) expectThat(typeof rule.form === "string", "a form's rule names its form");
});

function expectProblems(problems: readonly FieldProblem[]): void {
  expectThat(problems.length > 0, "a refusal says why");
  for (const problem of problems) {
    expectThat(
      typeof problem.field === "string" && problemIn(ENGLISH, problem).length > 0,
      "a problem has its field and its sentence",
    );
  }
}

const expectRead = <T>(read: ParsedInput<T>, then: (value: T) => void): void =>
  read.ok ? then(read.value) : expectProblems(read.problems);

export const pixelForms = fuzzed(
  "pixel form",
  fc.record({
    pixelId: textLike("1234567890123456"),
    token: textLike("EAAB0123456789abcdef"),
    testEventCode: textLike("TEST12345", ""),
  }),
  (input) =>
    expectRead(parsePixelInput(input), (value) => {
      expectStorable(value, "the pixel");
      expectThat(/^[\x21-\x7e]*$/.test(value.token ?? ""), "a token fits into a header");
      const again = { pixelId: value.metaPixelId, token: value.token ?? "", testEventCode: value.testEventCode ?? "" };
      expectSame(parsePixelInput(again), { ok: true, value }, "a pixel is read again as the same");
    }),
);

export const pixelFilters = fuzzed(
  "pixel's limits",
  fc.record({
    countries: textLike("DE, AT", "all"),
    channels: fc.array(fc.oneof(fc.constantFrom(...SALES_CHANNELS), hostileText), { maxLength: 4 }),
    events: fc.array(fc.oneof(fc.constantFrom(...EVENT_NAMES), hostileText), { maxLength: 6 }),
  }),
  (input) =>
    expectRead(parsePixelFilter(input), (value) => {
      expectStorable(value, "the limits");
      for (const country of value.countries ?? []) expectThat(/^[A-Z]{2}$/.test(country), "a country is two letters");
    }),
);

const mappingInput = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constant(PRIMARY_FIELD),
      fc
        .tuple(fc.constantFrom(...EVENT_NAMES), fc.constantFrom("as" as const, "legs" as const))
        .map(([name, part]) => mappingField(name, part)),
      hostileText,
    ),
    fc.oneof(fc.constantFrom(...EVENT_NAMES, "both", "off", "server", "Big order"), textLike("WholesaleLead")),
  ),
  { maxLength: 6 },
);
export const eventMappings = fuzzed("event mapping", mappingInput, (fields) =>
  expectRead(parseEventMapping(Object.fromEntries(fields), DEFAULT_MAPPING), (mapping) => {
    expectStorable(mapping, "the mapping");
    expectThat(isEventName(mapping.primary), "the primary action is an action");
    for (const rule of Object.values(mapping.rules)) {
      expectThat(/^[A-Za-z][\w -]{0,49}$/.test(rule.as), "an event's name has Meta's form");
    }
  }),
);

export const formRules = fuzzed("form rules", textLike(FORMS, "contact Lead", "constructor Lead"), (text) => {
  const read = FormRules.safeParse(text);
  if (!read.success) return;
  expectStorable(read.data, "the rules");
  expectSame(StoredFormRules.parse(read.data), read.data, "rules are stored as they were read");
  expectSame(FormRules.safeParse(formRulesText(read.data)).data, read.data, "rules are shown as they were read");
});

export const orderRules = fuzzed("order rules", textLike(RULES), (text) => {
  const read = StoredOrderSettings.safeParse({ rules: text });
  if (!read.success) return;
  expectStorable(read.data, "the rules");
  const { rules } = read.data;
  const shown = rules.map(({ action, match, value }) => `${action} ${match} ${value}`).join("\n");
  expectSame(StoredOrderSettings.parse({ rules: shown }).rules, rules, "rules are shown as they were read");
  expectSame(StoredOrderSettings.parse({ rules }).rules, rules, "rules are stored as they were read");
});

export const noAnswerRules = fuzzed("rule for no answer", textLike("as-policy", "everywhere", "CA, US-NY"), (text) => {
  const read = NoAnswerField.safeParse(text);
  if (!read.success) return;
  expectStorable(read.data, "the rule");
  expectSame(NoAnswerField.parse(noAnswerText(read.data)), read.data, "the rule is stored as it was read");
});

const INTENTS = "save-settings connect-pixel filter-pixel pause-pixel resume-pixel disconnect-pixel".split(" ");
const refused = async () => ({ kind: "invalid", problems: [] }) as const;
/** Every port refuses: what they do with a form's fields is the other parsers' business. */
const PORTS = {
  saveSettings: refused,
  rehearse: async () => null,
  connectPixel: refused,
  filterPixel: refused,
  setPixelState: async () => "changed",
  disconnectPixel: async () => "changed",
} as unknown as FormPorts;

const posted = fc.tuple(
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...INTENTS) }, { weight: 1, arbitrary: hostileText }),
  fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom("pixelId", "destinationId", "countries", "channels", "events", "intent"), hostileText),
      hostileText,
    ),
    { maxLength: 5 },
  ),
);
export const postedForms = fuzzedAsync("posted forms", posted, async ([intent, fields]) => {
  try {
    await answerSettingsForm({ ...Object.fromEntries(fields), intent }, { shop: aShopDomain(), admin: PORTS });
  } catch (error) {
    expectThat(error instanceof Response && error.status === 400, "a form that nobody knows is a 400");
  }
});
