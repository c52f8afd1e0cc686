import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aScene, GRANTED, NOON, token } from "../support/store-scenes.ts";

describe.each([
  ["PGlite", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("receipts of one order that differ, on %s", (_name, makeDatabase) => {
  let database: TestDatabase;
  const scene = () => aScene(database);
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  test("receipts of one checkout that differ are all kept, a repeated one once, and no more than four", async () => {
    const { store, event, receipt, shop, row } = await scene();
    const posted = [1, 1, 2, 1, 2, 3, 4, 5].map((n) => receipt(1, { fbp: `fb.1.1700000000000.${n}` }));
    for (const each of posted) await store.addReceipt(each);
    await store.add(event(1), null);
    const [undecided] = await store.takeUndecided(shop, 10, NOON);
    const all = [undecided?.receipt, ...(undecided?.otherReceipts ?? [])];
    expect(all.map((each) => each?.fbp?.at(-1))).toEqual(["1", "2", "3", "4"]);
    expect((await row(1)).browserData).toBeNull();
  });

  test("a refusal under a checkout's token stands, before or after a grant, and among however many others", async () => {
    const { store, event, receipt, shop } = await scene();
    const refused = { ...GRANTED, marketing: false, at: GRANTED.at - 60_000 };
    for (const n of [1, 2, 3, 4, 5]) await store.addReceipt(receipt(1, { fbp: `fb.1.1700000000000.${n}` }));
    await store.addReceipt(receipt(1, { signal: refused, fbp: null }));
    await store.addReceipt(receipt(1));
    await store.add(event(1), null);
    const [undecided] = await store.takeUndecided(shop, 10, NOON);
    expect(undecided?.receipt?.signal).toEqual({ ...GRANTED, marketing: false });
  });

  test("a receipt that names the order and another checkout, or none, counts from the buyer's address alone", async () => {
    const { store, event, receipt, shop } = await scene();
    for (const n of [1, 2, 3]) await store.add(event(n), null);
    const strange = { ip: "198.51.100.9" };
    expect(await store.addReceipt(receipt(1, { ...strange, checkoutToken: null }))).toEqual({ due: false });
    expect(await store.addReceipt(receipt(2, { ...strange, checkoutToken: token("made-up") }))).toEqual({
      due: false,
    });
    expect(await store.addReceipt(receipt(3, { checkoutToken: token("another") }))).toEqual({ due: true });
    expect(await store.takeUndecided(shop, 10, NOON)).toMatchObject([{ orderId: "3" }]);
  });
});
