import { Session } from "@shopify/shopify-api";
import { expect, test } from "vitest";

import { SessionRows } from "../../app/shopify/session-rows.server.ts";
import { pgliteDatabase } from "../support/databases.ts";

const USER = {
  id: 902541635,
  first_name: "Ada",
  last_name: "L",
  email: "ada@example.com",
  account_owner: true,
  locale: "en",
  collaborator: false,
  email_verified: true,
};

test("an online session keeps its user, and an offline one has none", async () => {
  const database = await pgliteDatabase();
  const rows = new SessionRows(database.prisma);
  const basis = { shop: "a.myshopify.com", state: "s", scope: "read_orders", accessToken: "shpat_x" };
  const access = { associated_user: USER, associated_user_scope: "read_orders", expires_in: 3600 };
  await rows.storeSession(new Session({ ...basis, id: "online", isOnline: true, onlineAccessInfo: access }));
  await rows.storeSession(new Session({ ...basis, id: "offline", isOnline: false }));

  const online = await rows.loadSession("online");
  expect(online).toMatchObject({ ...basis, isOnline: true });
  expect(online?.onlineAccessInfo?.associated_user).toEqual(USER);
  const offline = await rows.loadSession("offline");
  expect(offline).toMatchObject({ ...basis, isOnline: false });
  expect(offline?.onlineAccessInfo).toBeUndefined();
  expect(await rows.findSessionsByShop(basis.shop)).toHaveLength(2);
  await database.close();
});
