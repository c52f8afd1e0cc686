import { describe, expect, test } from "vitest";
import { HomePage, type HomeProps } from "../../app/routes/app._index/home-page.tsx";
import { isBeingPublished, isPixelAwaited } from "../../app/components/publish-progress.ts";
import { setupSteps } from "../../app/routes/app._index/setup-steps.ts";
import { chartsOf } from "../../app/routes/app._index/charts.server.ts";
import { summaryOf } from "../../app/routes/app._index/summary.ts";
import type { SetupFacts } from "../../app/ledger/types.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";
import { ENGLISH } from "../../app/wording/english.ts";
import { aPixel, ALL_SEEN, aProfile, NOTHING_YET } from "./dashboard/samples.ts";

const steps = (facts: Partial<SetupFacts>, embed: "on" | "off" | "unknown" = "unknown") =>
  setupSteps({ facts: { ...NOTHING_YET, ...facts }, embed, mode: "pixel", publishProblem: null });
const doneSteps = (...situation: Parameters<typeof steps>) =>
  steps(...situation)
    .filter((step) => step.done)
    .map((step) => step.id);

const ACCOUNTED: HomeProps["account"] = {
  kind: "orders",
  counts: { sent: 1204, notSent: 31, waiting: 0, onTheWay: 0, needYou: 2 },
  doubt: null,
  comparedUntil: new Date("2026-11-23T13:50:00Z"),
  sinceInstallation: false,
};
const NOTHING_OPEN = { joining: 0, waiting: 0, orders: { onTheWay: 0, held: 0 }, deliveries: [] };

const home = (change: Partial<HomeProps> = {}) => (
  <HomePage
    profile={aProfile()}
    facts={ALL_SEEN}
    publish={{ publishedVersion: 4, problem: null }}
    reconciliation={null}
    filesToDownload={0}
    embed="on"
    account={ACCOUNTED}
    open={NOTHING_OPEN}
    period="7d"
    present={summaryOf([])}
    before={summaryOf([])}
    charts={chartsOf({ figures: [], days: [], marks: [] })}
    apiKey="sample-api-key"
    removal={null}
    {...change}
  />
);

test("right after installation no step is done, and each explains what to do or wait for", () => {
  expect(doneSteps({})).toEqual([]);
  for (const step of steps({})) expect(ENGLISH.text(step.detail).length).toBeGreaterThan(40);
});

test("each step is completed by its own fact only", () => {
  const at = new Date("2026-11-23T14:00:00Z");
  expect(doneSteps({ pixelConnected: true })).toEqual(["pixel"]);
  expect(doneSteps({ tokenValid: true })).toEqual(["token"]);
  expect(doneSteps({ webPixelOn: true })).toEqual(["web-pixel"]);
  expect(doneSteps({}, "on")).toEqual(["embed"]);
  expect(doneSteps({ firstBrowserEventAt: at })).toEqual(["browser-event"]);
  expect(doneSteps({ firstServerEventAt: at })).toEqual(["server-event"]);
  expect(doneSteps({ firstPairAt: at })).toEqual(["pair"]);
  expect(doneSteps({ firstPurchaseAt: at })).toEqual(["purchase"]);
});

test("Shopify's current embed state overrides earlier sightings", () => {
  const seen = { embedSeenAt: new Date("2026-11-01T00:00:00Z") };
  expect(doneSteps(seen, "unknown")).toEqual(["embed"]);
  expect(doneSteps(seen, "off")).toEqual([]);
});

test("a token that Meta refuses is distinguished from an unchecked one", () => {
  const token = (tokenValid: boolean | null) => steps({ pixelConnected: true, tokenValid })[1];
  expect(token(false)).toMatchObject({ detail: "home.step.token.refused", to: "events-manager" });
  expect(token(null)).toMatchObject({ detail: "home.step.token.unconfirmed", to: null });
});

test("the theme editor opens with the embed of this app ready to be switched on", () => {
  const html = htmlOf(home({ facts: NOTHING_YET, embed: "off" }));
  expect(html).toContain(
    "https://sample-shop.myshopify.com/admin/themes/current/editor?context=apps&amp;template=index&amp;activateAppId=sample-api-key/tandem-embed",
  );
});

test("home says what became of every order, and what needs the merchant, each with one link", () => {
  const blocked = aPixel({ state: "blocked", stateReason: "The access token has expired." });
  const text = textOf(
    home({
      profile: aProfile({ pixels: [blocked] }),
      facts: { ...ALL_SEEN, quarantined: 2, unknownAnswers: 3 },
      publish: { publishedVersion: 3, problem: "refused: You do not have permission." },
    }),
  );
  expect(text).toContain("Meta does not accept events for pixel 1234567890123456");
  expect(text).toContain("The access token has expired.");
  expect(text).toContain("Shopify refuses them, and says: “You do not have permission.”");
  expect(text).toContain("2 messages from Shopify could not be read");
  expect(text).toContain("Tandem does not recognize 3 answers from Meta");
  expect(text).toContain("Every order of the last 7 days is accounted for: 1,204 sent, 31 not sent, and 2 need you.");
});

test("home shows no warning when all is well, and lists what Tandem does not do", () => {
  const text = textOf(home());
  expect(text).not.toMatch(/does not accept|could not be read|have not reached|does not recognize/);
  expect(text).toContain("Everything is set up, and Tandem has seen it work.");
  expect(text).toContain("It does not rate your ads");
});

test("home shows when the orders were last compared with Shopify's, what was missing, and why", () => {
  const at = new Date("2026-11-23T14:00:00Z");
  const missingOrder = (orderId: string) => ({
    orderId,
    because: "webhook-never-came" as const,
    outcome: "added" as const,
  });
  const report = {
    shop: "sample-shop.myshopify.com",
    from: at.toISOString(),
    until: at.toISOString(),
    orders: 40,
    beforeInstallation: 0,
    withheld: {},
    missing: 2,
    found: [missingOrder("1"), missingOrder("2")],
    problem: null,
  };
  const seen = (problem: string | null) =>
    textOf(home({ reconciliation: { watermark: at, finishedAt: at, problem, report } }));

  expect(seen(null)).toContain("40 changed orders looked at, 2 missing.");
  expect(seen(null)).toContain("2 orders: Shopify never sent it to Tandem. Added, and on the way to Meta.");
  expect(seen("unavailable")).toContain("continues next time: Shopify does not answer at the moment.");
  expect(textOf(home())).not.toContain("changed order");
});

test("refused reports are counted by reason, and not mentioned if there are none", () => {
  const refusedPosts = [
    { reason: "not-json", posts: 40 },
    { reason: "a-reason-of-an-older-version", posts: 1 },
  ];
  const text = textOf(home({ facts: { ...ALL_SEEN, refusedPosts } }));
  expect(text).toMatch(/40: not in the format of a report/);
  expect(text).toMatch(/1: a-reason-of-an-older-version/);
  expect(textOf(home())).not.toContain("not taken");
});

describe("while settings are being published", () => {
  const published = (publishedVersion: number, problem: string | null = null) => ({
    profile: aProfile(),
    publish: { publishedVersion, problem },
  });

  test("the page reloads until the newest version is published, but not after Shopify refuses it", () => {
    expect(isBeingPublished(published(0))).toBe(true);
    expect(isBeingPublished(published(3))).toBe(true);
    expect(isBeingPublished(published(4))).toBe(false);
    expect(isBeingPublished(published(3, "unavailable"))).toBe(false);
  });

  test("Home reloads while the web pixel is not confirmed", () => {
    const { publish } = published(4);
    expect(isPixelAwaited({ publish, facts: NOTHING_YET })).toBe(true);
    expect(isPixelAwaited({ publish, facts: ALL_SEEN })).toBe(false);
    expect(isPixelAwaited({ publish: published(0, "No.").publish, facts: NOTHING_YET })).toBe(false);
  });

  test("the guide makes the same claims as the page", () => {
    expect(textOf(home({ facts: NOTHING_YET }))).toContain("This page shows it as soon as Shopify has confirmed it");
  });
});

test("Home says that a customer's file waits to be downloaded, until somebody has downloaded it", () => {
  expect(textOf(home())).not.toContain("asked for their data");
  expect(textOf(home({ filesToDownload: 1 }))).toContain("A customer asked for their data");
  expect(htmlOf(home({ filesToDownload: 2 }))).toMatch(/2 customers asked[^]*href="\/app\/data-requests"/);
});
