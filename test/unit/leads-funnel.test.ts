import { describe, expect, test } from "vitest";

import { runShopCommand, type ShopCommandPorts } from "../../app/cli/shop-command.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import { newsletterMakesLeads } from "../../app/settings/form-rules.ts";
import { DEFAULT_FUNNEL, FunnelField, funnelWarnings, stageNamed } from "../../app/settings/funnel.ts";
import { sentName } from "../../app/settings/sent-names.ts";
import type { FunnelStage } from "../../app/settings/types.ts";

const withStages = (...changes: readonly Partial<FunnelStage>[]) => ({
  ...DEFAULT_FUNNEL,
  stages: DEFAULT_FUNNEL.stages.map((stage, n) => ({ ...stage, ...changes[n] })),
});

test.each(DEFAULT_FUNNEL.stages)(
  "the default name $event is one that Meta takes and a merchant could choose",
  ({ event }) => {
    expect(sentName(event, "LeadStage")).toEqual({ ok: true, name: event });
  },
);

test("the default funnel is one that could be saved, as a value and as text", () => {
  expect(FunnelField.parse(DEFAULT_FUNNEL)).toEqual(DEFAULT_FUNNEL);
  expect(FunnelField.parse(JSON.stringify(DEFAULT_FUNNEL))).toEqual(DEFAULT_FUNNEL);
});

test.each<readonly [string, unknown]>([
  ["no JSON", "{"],
  ["one stage", { stages: DEFAULT_FUNNEL.stages.slice(0, 1) }],
  [
    "thirteen stages",
    { stages: Array.from({ length: 13 }, (_, n) => ({ key: `s${n}`, name: `S${n}`, event: `S${n}` })) },
  ],
  ["no stage that is won", withStages({}, {}, { kind: "open" })],
  ["a stage after the one that is won", withStages({}, { kind: "won" }, { kind: "open" })],
  ["a first stage that ends", withStages({ kind: "disqualified" }, {}, {}, { kind: "open" })],
  ["two primary stages", withStages({ isPrimary: true })],
  ["two of one key", withStages({ key: "won" })],
  ["two of one name", withStages({ name: "WON" })],
  ["a stage named reopen", withStages({}, { name: "Reopen" })],
  ["two of one event", withStages({}, {}, { event: DEFAULT_FUNNEL.stages[1]?.event as FunnelStage["event"] })],
  ["a value without currency", withStages({}, { value: 5 })],
  ["a currency nobody has", withStages({}, { value: 5, currency: "EURO" })],
  ["a key with a space", withStages({ key: "a b" })],
])("a funnel with %s is refused, with a reason", (_title, funnel) => {
  const read = FunnelField.safeParse(funnel);
  expect(read.success).toBe(false);
  expect(read.error?.issues.length).toBeGreaterThan(0);
});

test("a report may name a stage by key or name, in any case", () => {
  expect([" WON ", "Disqualified", "sold"].map((word) => stageNamed(DEFAULT_FUNNEL, word)?.key)).toEqual([
    "won",
    "disqualified",
    undefined,
  ]);
});

test.each([
  [undefined, true],
  [[{ form: "newsletter", as: "none" }], false],
  [[{ form: "contact", as: "none" }], true],
] as const)("with the form rules %j, a newsletter sign-up makes a lead: %s", (forms, makes) => {
  expect(newsletterMakesLeads(forms)).toBe(makes);
});

describe("the warnings about a funnel", () => {
  const NO_NEWSLETTER = { newsletter: false };
  test.each([
    ["no primary conversion", withStages({}, { isPrimary: false }), NO_NEWSLETTER, ["no-primary"]],
    ["a primary one without a value", DEFAULT_FUNNEL, NO_NEWSLETTER, ["primary-without-value"]],
    ["a good one", withStages({}, { value: 40, currency: "EUR" }), { newsletter: true }, []],
    [
      "the newsletter as the primary one",
      withStages({ isPrimary: true }, { isPrimary: false }),
      { newsletter: true },
      ["primary-is-the-lead", "newsletter-counts-as-lead", "primary-without-value"],
    ],
  ] as const)("%s", (_title, funnel, shop, kinds) => {
    expect(funnelWarnings(funnel, shop).map(({ kind }) => kind)).toEqual(kinds);
  });
});

test("the command that saves a funnel says what to know of it", async () => {
  const profile = {
    shop: "tea.myshopify.com",
    ingestKey: "k",
    installed: true,
    settings: settingsWith({}),
    pixels: [],
  };
  // The command calls nothing else.
  const ports = {
    settings: {
      profile: () => Promise.resolve(profile),
      save: (_shop: string, change: object) => Promise.resolve({ ...profile.settings, ...change }),
    },
    changed: () => Promise.resolve(),
  } as unknown as ShopCommandPorts;
  const funnel = JSON.stringify(withStages({ isPrimary: true }, { isPrimary: false }));
  const saved = await runShopCommand(["set", "--shop", profile.shop, "--funnel", funnel], ports);
  expect(saved.exitCode).toBe(0);
  expect(saved.stdout.trim().split("\n")).toHaveLength(4);
  expect(saved.stdout).toContain("newsletter");
});
