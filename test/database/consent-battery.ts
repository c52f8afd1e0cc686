import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { MetaEvent } from "../../app/event-contract/meta-event.ts";
import { readConsentLog } from "../../app/ledger/consent-log.server.ts";
import { readDetail } from "../../app/ledger/event-detail.server.ts";
import type { TestDatabase } from "../support/databases.ts";
import { after, anId, aScene, CONSENT, GRANTED, NOON, order, type Scene } from "../support/store-scenes.ts";

const DECLINED = { marketing: false, saleOfData: false, at: NOON.getTime() + 1_000 };
const PAGE = { event_source_url: "https://tea.example.com/?fbclid=click", referrer_url: "https://tea.example.com/" };

/** What the ledger promises about consent, on any database. */
export function consentBattery(makeDatabase: () => Promise<TestDatabase>): void {
  describe("consent in the ledger", () => {
    let database: TestDatabase;
    const scene = (): Promise<Scene> => aScene(database);
    beforeAll(async () => void (database = await makeDatabase()));
    afterAll(() => database.close());

    const added = async ({ store, event }: Scene, n = 1) => {
      const plain = event(n);
      const body: MetaEvent = { ...plain.body, ...PAGE };
      await store.add({ ...plain, body }, null);
    };
    const withheld = ({ store, key }: Scene, n = 1) =>
      store.decide(
        [
          {
            kind: "withhold",
            key: key(n),
            reason: "consent-browser-declined",
            consent: { ...CONSENT, decision: "withhold" },
          },
        ],
        NOON,
      );
    const receiptsOf = async ({ shop }: Scene) =>
      (await database.prisma.browserContext.findMany({ where: { shop }, orderBy: { id: "asc" } })).map(
        ({ receipt }) => receipt,
      );
    const lateOf = async ({ shop }: Scene) =>
      (await readConsentLog(database.prisma, shop, { orderId: order(1), since: NOON })).map(
        (record) => record.lateSignal,
      );

    test("a withheld event keeps no personal data: no identity, no page, and no visitor in its receipt", async () => {
      const here = await scene();
      await here.store.addReceipt(here.receipt(1));
      await here.store.addReceipt(here.receipt(2));
      await added(here);
      await withheld(here);
      const { body } = await here.row(1);
      expect(body).toMatchObject({ user_data: {}, custom_data: { value: 12.3 } });
      expect(body).not.toHaveProperty("event_source_url");
      expect(body).not.toHaveProperty("referrer_url");
      const [mine, other] = await receiptsOf(here);
      for (const key of ["fbp", "fbc", "ip", "userAgent", "url", "referrer"]) expect(mine).not.toHaveProperty(key);
      expect(mine).toMatchObject({ leg: { sent: true }, data: { value: 12.3 } });
      expect(other).toMatchObject({ fbp: here.receipt(2).fbp, ip: here.receipt(2).ip });
    });

    test("an event withheld on arrival keeps no personal data either", async () => {
      const here = await scene();
      const refused = here.event(1, { state: "withheld", reason: "test-order" });
      await here.store.add({ ...refused, body: { ...refused.body, ...PAGE } }, null);
      await here.store.addReceipt(here.receipt(1));
      expect((await here.row(1)).body).not.toHaveProperty("event_source_url");
      expect((await receiptsOf(here))[0]).not.toHaveProperty("ip");
    });

    test("a grant after the event was withheld is recorded, restores no data and sends nothing", async () => {
      const here = await scene();
      const pixel = await here.pixel();
      await added(here);
      await withheld(here);
      expect(await here.store.addReceipt(here.receipt(1))).toEqual({ due: false });
      expect(await here.row(1)).toMatchObject({ state: "withheld", body: { user_data: {} } });
      expect((await receiptsOf(here))[0]).not.toHaveProperty("fbp");
      await here.store.decide([here.send(1, [pixel])], after(1_000));
      expect((await here.row(1)).state).toBe("withheld");
      expect(await here.deliveries(1)).toEqual([]);
    });

    test("a refusal after the decision is recorded and not applied", async () => {
      const here = await scene();
      await here.queued(1, [await here.pixel()]);
      await here.store.addReceipt(here.receipt(1, { signal: DECLINED }));
      expect(await readDetail(database.prisma, here.key(1))).toMatchObject({
        lateSignal: DECLINED,
        consent: { signal: GRANTED },
      });
      expect(await lateOf(here)).toEqual([DECLINED]);
      expect(await here.row(1)).toMatchObject({ state: "queued", consent: CONSENT, signal: GRANTED });
    });

    test("the signal that decided, repeated, is not a late signal", async () => {
      const here = await scene();
      await here.queued(1, [await here.pixel()]);
      await here.store.addReceipt(here.receipt(1));
      expect(await lateOf(here)).toEqual([null]);
    });

    test("before the decision, the later signal of two receipts counts", async () => {
      const here = await scene();
      await here.store.addReceipt(here.receipt(1));
      await here.store.addReceipt(here.receipt(1, { signal: DECLINED }));
      await here.store.addReceipt(here.receipt(1, { signal: { ...GRANTED, at: GRANTED.at - 5 } }));
      await added(here);
      const [undecided] = await here.store.takeUndecided(here.shop, 10, NOON);
      expect(undecided?.receipt?.signal).toEqual(DECLINED);
    });

    test("the browser's signal for an order applies to all its events", async () => {
      const here = await scene();
      await here.store.addReceipt(here.receipt(1, { signal: DECLINED }));
      const begun = here.event(1, { name: "Subscribe", id: anId("subscribe.s.1") });
      await here.store.add(begun, null);
      const [undecided] = await here.store.takeUndecided(here.shop, 10, NOON);
      expect(undecided).toMatchObject({ eventName: "Subscribe", receipt: { signal: DECLINED } });
    });

    test("the receipts can be read by order and by day, and never another shop's", async () => {
      const [here, other] = [await scene(), await scene()];
      await here.queued(2, [await here.pixel()]);
      await other.queued(1, [await other.pixel()]);
      const all = await readConsentLog(database.prisma, here.shop, { orderId: null, since: NOON });
      expect(all.map(({ orderId, state, consent }) => [orderId, state, consent])).toEqual([
        ["1", "queued", CONSENT],
        ["2", "queued", CONSENT],
      ]);
      expect(await readConsentLog(database.prisma, here.shop, { orderId: null, since: after(1) })).toEqual([]);
      expect(await readConsentLog(database.prisma, here.shop, { orderId: order(2), since: after(1) })).toHaveLength(1);
    });
  });
}
