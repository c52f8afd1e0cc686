import { describe, expect, test } from "vitest";

import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { checkInstallations } from "../../app/jobs/check-installations.server.ts";
import { publishSettings } from "../../app/jobs/publish-settings.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import type { AdminAnswer } from "../../app/shopify/admin/admin-graphql.server.ts";
import { aPublishingShopify } from "../support/publishing-shopify.ts";
import { settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();
const log = createLogger({ level: "silent", name: "test" });
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const later = (ms: number): void => void (scene.clock = new Date(scene.clock.getTime() + ms));

/** A shop that has been granted a token; alone with what is due, for checks go over every shop. */
async function anInstalledShop(): Promise<ShopDomain> {
  await scene.database.prisma.shop.deleteMany();
  const shop = scene.aShop();
  await scene.store().beginInstallation(shop, { anew: true });
  return shop;
}

type Given = {
  readonly shopify?: ReturnType<typeof aPublishingShopify> | null;
  readonly holdsGrant?: boolean;
};

/** One round of checks over every shop; what it asked for beside the store. */
async function aRound({ shopify = null, holdsGrant = true }: Given = {}) {
  const erased: ShopDomain[] = [];
  const settings = scene.store();
  const admin = async () => shopify?.admin ?? null;
  await checkInstallations({
    settings,
    admin,
    holdsGrant: async () => holdsGrant,
    publish: (shop) => publishSettings(shop, { settings, admin, appUrl: "https://tandem.example.com", log }),
    end: ({ shop, tokenGrantedAt }) => settings.markUninstalled(shop, { tokenGrantedAt }),
    erase: async (shop) => void erased.push(shop),
    appUrl: "https://tandem.example.com",
    log,
  });
  return { erased };
}

const published = async (shop: ShopDomain) => (await scene.store().publishState(shop)).webPixelId;
const publish = (shop: ShopDomain, shopify: ReturnType<typeof aPublishingShopify>) =>
  publishSettings(shop, {
    settings: scene.store(),
    admin: async () => shopify.admin,
    appUrl: "https://tandem.example.com",
    log,
  });

describe("the start of an installation", () => {
  test("is the token exchange that replaces an ended session, and no other", async () => {
    const shop = await anInstalledShop();
    const first = scene.clock;
    await publish(shop, aPublishingShopify());
    later(HOUR_MS);
    await scene.store().beginInstallation(shop, { anew: false });
    expect(await scene.store().installation(shop)).toEqual({ installedAt: first, tokenGrantedAt: scene.clock });
    expect(await published(shop)).not.toBeNull();

    later(HOUR_MS);
    await scene.store().beginInstallation(shop, { anew: true });
    expect(await scene.store().installation(shop)).toEqual({ installedAt: scene.clock, tokenGrantedAt: scene.clock });
    expect(await scene.store().publishState(shop)).toMatchObject({ publishedVersion: 0, webPixelId: null });
  });

  test("stays if a shop had orders before its merchant opened the app", async () => {
    const shop = scene.aShop();
    await scene.store().ensureShop(shop, "first webhook");
    const first = scene.clock;
    later(HOUR_MS);
    await scene.store().beginInstallation(shop, { anew: true });
    expect(await scene.store().installation(shop)).toEqual({ installedAt: first, tokenGrantedAt: scene.clock });
  });

  test("is not undone by a concurrent end of an earlier one", async () => {
    const shop = await anInstalledShop();
    const { tokenGrantedAt = null } = (await scene.store().installation(shop)) ?? {};
    await scene.database.prisma.session.create({
      data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed" },
    });
    later(MINUTE_MS);
    await scene.store().beginInstallation(shop, { anew: true });

    expect(await scene.store().markUninstalled(shop, { tokenGrantedAt })).toBe(false);
    expect(await scene.store().profile(shop)).toMatchObject({ installed: true });
    expect(await scene.database.prisma.session.count({ where: { shop } })).toBe(1);
  });
});

describe("a check of an installation", () => {
  test("opens a shop that has a token but still counts as uninstalled after a failed setup", async () => {
    const shop = await anInstalledShop();
    const ended = async (refreshToken: string | null) => {
      await scene.store().markUninstalled(shop);
      await scene.database.prisma.session.create({
        data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed", refreshToken },
      });
      await aRound();
      return (await scene.store().profile(shop))?.installed;
    };
    expect(await ended(null)).toBe(false);
    expect(await ended("sealed")).toBe(true);
    expect(await scene.store().installation(shop)).toEqual({ installedAt: scene.clock, tokenGrantedAt: scene.clock });
  });

  test("runs every hour, and on a visit unless one ran within five minutes", async () => {
    const shop = await anInstalledShop();
    const shopify = aPublishingShopify();
    await publish(shop, shopify);
    const checks = () => shopify.sent.filter(({ operation }) => operation.includes("TandemCurrentWebPixel")).length;

    await scene.store().noteVisit(shop);
    await aRound({ shopify });
    expect(checks()).toBe(0);

    later(6 * MINUTE_MS);
    await aRound({ shopify });
    expect(checks()).toBe(0);
    await scene.store().noteVisit(shop);
    await aRound({ shopify });
    await aRound({ shopify });
    expect(checks()).toBe(1);

    later(HOUR_MS);
    await aRound({ shopify });
    expect(checks()).toBe(2);
  });

  test("reads the hosts of the shop's pages, and keeps those that are known where Shopify does not answer", async () => {
    const shop = await anInstalledShop();
    const hosts = async () => (await scene.store().profile(shop))?.hosts;
    expect(await hosts()).toBeNull();
    await publish(shop, aPublishingShopify());
    const known = ["example.myshopify.com", "www.example.com"];
    expect(await hosts()).toEqual({ known, readAt: scene.clock });
    const published = scene.clock;

    later(HOUR_MS);
    const webPixel = "gid://shopify/WebPixel/1";
    const unavailable: AdminAnswer = { kind: "unavailable", message: "Shopify answered 503." };
    await aRound({ shopify: aPublishingShopify({ webPixel, refusals: { TandemShopDomains: unavailable } }) });
    expect(await hosts()).toEqual({ known, readAt: published });

    await scene.store().noteUnknownHost(shop);
    await aRound({ shopify: aPublishingShopify({ webPixel, domains: ["www.example.com", "example.fr"] }) });
    expect(await hosts()).toEqual({ known: [...known, "example.fr"], readAt: scene.clock });
  });

  test("notes that the theme embed posts, at most once an hour", async () => {
    const shop = await anInstalledShop();
    const seenAt = async () =>
      (await scene.database.prisma.shop.findUniqueOrThrow({ where: { domain: shop } })).embedSeenAt;
    expect(await seenAt()).toBeNull();
    await scene.store().noteEmbedSeen(shop);
    const first = scene.clock;
    expect(await seenAt()).toEqual(first);
    later(HOUR_MS / 2);
    await scene.store().noteEmbedSeen(shop);
    expect(await seenAt()).toEqual(first);
    later(HOUR_MS);
    await scene.store().noteEmbedSeen(shop);
    expect(await seenAt()).toEqual(scene.clock);
  });

  const missing: AdminAnswer = { kind: "refused", status: 200, message: "No web pixel was found for this app." };
  test.each([
    ["has none", aPublishingShopify({ refusals: { TandemCurrentWebPixel: missing } })],
    ["has another one", aPublishingShopify({ webPixel: "gid://shopify/WebPixel/7" })],
  ])("publishes anew where Shopify %s instead of the web pixel that it was given", async (_what, shopify) => {
    const shop = await anInstalledShop();
    await scene.store().markPublished(shop, { version: 1, webPixelId: "gid://shopify/WebPixel/999", replaces: 0 });
    later(HOUR_MS);
    await aRound({ shopify });

    expect(await published(shop)).toMatch(/WebPixel\/(1|7)$/);
    expect(shopify.variablesOf("metafieldsSet")).toBeDefined();
  });

  test("resets the setup guide if the tokens are no longer valid, and keeps the shop open", async () => {
    const shop = await anInstalledShop();
    await publish(shop, aPublishingShopify());
    later(HOUR_MS);
    await aRound({ holdsGrant: false });

    expect(await scene.store().publishState(shop)).toMatchObject({ publishedVersion: 0, webPixelId: null });
    expect(await scene.store().profile(shop)).toMatchObject({ installed: true });
  });

  test("changes nothing while Shopify is unavailable, and repeats a check in doubt in the next round", async () => {
    const shop = await anInstalledShop();
    await publish(shop, aPublishingShopify());
    await scene.store().doubtInstallation(shop, "redact");
    expect(await aRound()).toEqual({ erased: [] });
    expect(await published(shop)).not.toBeNull();
    expect(await aRound({ holdsGrant: false })).toEqual({ erased: [shop] });
  });

  test.each(["uninstalled", "redact"] as const)("drops the doubt %s if Shopify still answers", async (doubt) => {
    const shop = await anInstalledShop();
    const shopify = aPublishingShopify();
    await publish(shop, shopify);
    await scene.store().doubtInstallation(shop, doubt);
    expect(await aRound({ shopify })).toEqual({ erased: [] });
    expect(await aRound({ holdsGrant: false })).toEqual({ erased: [] });
    expect(await scene.store().profile(shop)).toMatchObject({ installed: true });
  });

  test("ends an installation in doubt if Shopify no longer accepts its tokens", async () => {
    const shop = await anInstalledShop();
    await scene.store().doubtInstallation(shop, "uninstalled");
    expect(await aRound({ holdsGrant: false })).toEqual({ erased: [] });
    expect(await scene.store().profile(shop)).toMatchObject({ installed: false });
  });
});
