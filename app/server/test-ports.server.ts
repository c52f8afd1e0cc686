import { randomUUID } from "node:crypto";
import { type SendTestPurchaseDeps, sendTestPurchase } from "../pipeline/send-test-purchase.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { OpenApp } from "./open-app.server.ts";
import { recordedEdits } from "./recorded-edits.server.ts";

/** How far back the page shows what was tested before it was opened. */
const LOOKS_BACK_MS = 60 * 60_000;

/** The Test page: what it shows, and the two things that it does. */
export function testPorts(
  app: OpenApp,
  { by }: Pick<PortsUser, "by">,
): Pick<AdminPorts, "tests" | "testStream" | "sendTestPurchase" | "removeTestCode"> {
  const { access, eventLog, settings, testStreams, now } = app;
  const edits = recordedEdits({ settings, noteChange: access.noteChange }, by);
  const deps: SendTestPurchaseDeps = {
    profile: app.profile,
    currencyOf: settings.currencyOf,
    addPosted: app.events.addPosted,
    wake: app.queue.wake,
    now,
  };
  const since = (): Date => new Date(now().getTime() - LOOKS_BACK_MS);
  return {
    tests: async (shop) => {
      access.seen.note(shop, by, { kind: "events", subject: { kind: "tests" } });
      const [{ pixels }, events] = await Promise.all([app.profile(shop), eventLog.tests(shop, since())]);
      return { pixels, events, purchaseKey: randomUUID() };
    },
    testStream: async (shop) => {
      const from = since();
      return testStreams.open(shop, () => eventLog.tests(shop, from));
    },
    sendTestPurchase: (shop, wish) => sendTestPurchase({ ...wish, shop }, deps),
    removeTestCode: async (shop, pixelId) =>
      (await edits.removeTestCode(shop, pixelId)) ? "changed" : "no-such-pixel",
  };
}
