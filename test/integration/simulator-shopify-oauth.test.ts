import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionToken } from "../simulators/shopify/session-token.ts";
import {
  API_KEY,
  API_SECRET,
  callShopify,
  exchangeToken,
  startSampleShopify,
} from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

const SHOP = "tandem-demo.myshopify.com";
let clock = new Date("2026-11-23T10:00:00Z");
let simulator: ShopifySimulator;

beforeAll(async () => {
  simulator = await startSampleShopify({ now: () => clock });
  simulator.install(SHOP);
});
afterAll(() => simulator.close());

const refresh = (refreshToken: string) =>
  callShopify(simulator, SHOP, "/admin/oauth/access_token", {
    client_id: API_KEY,
    client_secret: API_SECRET,
    grant_type: "refresh_token",
    refresh_token: refreshToken,
  });

describe("token exchange", () => {
  test("gives an expiring offline token with a refresh token for a session token that the app's secret signed", async () => {
    const answer = await exchangeToken(simulator, SHOP, { now: clock });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
    expect(answer.body["access_token"]).toMatch(/^shpat_/);
    expect(answer.body["scope"]).toContain("write_pixels");
  });

  test("refuses a session token signed with another secret, for another app, for another shop, or expired", async () => {
    const tokens = [
      createSessionToken({ apiKey: API_KEY, apiSecret: "another" }, SHOP, clock),
      createSessionToken({ apiKey: "another", apiSecret: API_SECRET }, SHOP, clock),
      createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, "tandem-us.myshopify.com", clock),
      createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, SHOP, new Date(clock.getTime() - 61_000)),
    ];
    for (const subjectToken of tokens) {
      const answer = await exchangeToken(simulator, SHOP, { now: clock, subjectToken });
      expect(answer).toMatchObject({ status: 400, body: { error: "invalid_subject_token" } });
    }
  });

  test("refuses an offline token that would never expire", async () => {
    const answer = await exchangeToken(simulator, SHOP, { now: clock, expiring: "0" });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  test("refuses a wrong client secret", async () => {
    const answer = await exchangeToken(simulator, SHOP, { now: clock, clientSecret: "wrong" });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_client" } });
  });
});

describe("refresh", () => {
  test("rotates the refresh token, and refuses the old one", async () => {
    const { body } = await exchangeToken(simulator, SHOP, { now: clock });
    const first = await refresh(String(body["refresh_token"]));
    expect(first.status).toBe(200);
    expect(first.body["refresh_token"]).not.toBe(body["refresh_token"]);
    const again = await refresh(String(body["refresh_token"]));
    expect(again).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect((await refresh(String(first.body["refresh_token"]))).status).toBe(200);
  });

  test("an access token stops working after an hour, and after the app is uninstalled", async () => {
    const { body } = await exchangeToken(simulator, SHOP, { now: clock });
    const ask = () =>
      callShopify(
        simulator,
        SHOP,
        "/admin/api/2026-10/graphql.json",
        { query: "{ shop { name } }" },
        {
          "x-shopify-access-token": String(body["access_token"]),
        },
      );
    expect((await ask()).status).toBe(200);
    clock = new Date(clock.getTime() + 3_601_000);
    expect((await ask()).status).toBe(401);
    clock = new Date("2026-11-23T10:00:00Z");
    simulator.uninstall(SHOP);
    expect((await ask()).status).toBe(401);
    simulator.install(SHOP);
  });
});
