import { randomUUID } from "node:crypto";

import { leadsNamed } from "../../app/leads/find-leads.server.ts";
import type { StageReport } from "../../app/leads/types.ts";
import { keepDeclined, keepReports, keptReports } from "../../app/outbox/stage-reports.server.ts";
import { acceptOrder, type AcceptOrderDeps } from "../../app/pipeline/accept-order.ts";
import { closeLead } from "../../app/pipeline/close-lead.ts";
import { acceptBrowserEvents } from "../../app/pipeline/accept-browser-event.ts";
import { reachStages, type ReachStagesDeps, type StageResult } from "../../app/pipeline/reach-stages.ts";
import type { WakeUp } from "../../app/pipeline/wake-ups.ts";
import type { Settings, ShopProfile } from "../../app/settings/types.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import type { TestDatabase } from "./databases.ts";
import { anId, aScene, GRANTED, NOON, type Scene } from "./store-scenes.ts";

export const EMAIL = "e".repeat(64);

/** A shop with one pixel, whose forms and stages go the ways that the app takes. */
export async function aLeadScene(database: TestDatabase, settings: Partial<Settings> = {}) {
  const scene = await aScene(database);
  const { shop, store } = scene;
  const pixelId = await scene.pixel();
  const pixel = {
    id: pixelId,
    shop,
    metaPixelId: "1",
    hasToken: true,
    testEventCode: null,
    stateReason: null,
  } as const;
  const profile: ShopProfile = {
    shop,
    ingestKey: "key",
    installed: true,
    settings: settingsWith({ ...settings, shop }),
    pixels: [{ ...pixel, state: "active", countries: null, channels: null, eventsOff: [] }],
  };
  const woken: WakeUp[] = [];
  let now = NOON;
  const deps: ReachStagesDeps = {
    leadsNamed: (...which) => leadsNamed(database.prisma, ...which),
    keptReports: (...which) => keptReports(database.prisma, ...which),
    keepReports: (...which) => keepReports(database.prisma, ...which),
    keepDeclined: (...which) => keepDeclined(database.prisma, ...which),
    addPosted: store.addPosted,
    wake: (targets) => void woken.push(...targets),
    now: () => now,
  };
  const orderDeps: AcceptOrderDeps = {
    profile: () => Promise.resolve(profile),
    quarantine: () => Promise.reject(new Error("the order was not read")),
    add: store.add,
    sentData: () => Promise.resolve(null),
    knownPurchase: store.knownPurchase,
    lookAgain: store.lookAgain,
    closeLead: (purchase, seller) => closeLead(purchase, seller, deps),
    wake: () => undefined,
    uninstalledAt: () => Promise.resolve(null),
    reopen: () => Promise.resolve(),
    now: () => now,
  };
  const at = (moment: Date): void => {
    now = moment;
    scene.at(moment);
  };
  return {
    ...scene,
    at,
    profile,
    pixelId,
    deps,
    woken,
    submit: (post: string) => submit(post, { scene, profile, now }),
    reach: async (...reports: readonly Partial<StageReport>[]): Promise<readonly StageResult[]> =>
      reachStages(
        reports.map((report) => aReport(report)),
        profile,
        deps,
      ),
    orderDeps,
    /** An order's webhook, by the way that the app's own takes. */
    order: (...webhook: Parameters<typeof anOrderWebhook>) =>
      acceptOrder(
        {
          ...{ shop, topic: "orders/paid", webhookId: randomUUID(), apiVersion: "2026-10", triggeredAt: null },
          body: anOrderWebhook(...webhook),
        },
        orderDeps,
      ),
    stages: () =>
      database.prisma.stageReport.findMany({
        where: { shop },
        orderBy: { id: "asc" },
        select: { stage: true, outcome: true, leadId: true, eventId: true, source: true, namedBy: true, orderId: true },
      }),
    leads: () => database.prisma.lead.findMany({ where: { shop } }),
    events: () => database.prisma.event.findMany({ where: { shop }, orderBy: { createdAt: "asc" } }),
  };
}

/** A contact form that was sent at noon. */
export const aForm = (changes: Parameters<typeof aCollectorPost>[0] = {}): string =>
  JSON.stringify({
    ...aCollectorPost({
      name: "Contact",
      id: anId("lead-1"),
      at: NOON.getTime(),
      sentAt: NOON.getTime(),
      consent: GRANTED,
      fbc: null,
      data: {},
      person: { em: EMAIL },
      orderId: null,
      checkoutToken: null,
      ...changes,
    }),
  });

export type LeadScene = Awaited<ReturnType<typeof aLeadScene>>;

export const aReport = (changes: Partial<StageReport> = {}): StageReport => ({
  lead: { by: "event-id", value: "lead-1" },
  stage: "qualified",
  happenedAt: NOON,
  source: "api",
  idempotencyKey: randomUUID(),
  digest: "",
  ...changes,
});

const submit = (
  text: string,
  { scene, profile, now }: { readonly scene: Scene; readonly profile: ShopProfile; readonly now: Date },
) =>
  acceptBrowserEvents(
    {
      ingestKey: "key",
      text,
      request: { ip: "203.0.113.7", userAgent: "Mozilla/5.0", receivedAt: now },
      takeAnother: () => 0,
    },
    {
      profileByIngestKey: async () => profile,
      addPosted: scene.store.addPosted,
      addReceipt: () => Promise.reject(new Error("a form is no receipt")),
      noteOtherSenders: () => Promise.reject(new Error("a form names no senders")),
      noteUnknownHost: () => undefined,
      noteEmbedSeen: () => undefined,
      limits: { store: () => 0, name: () => 0 },
      wake: () => undefined,
    },
  );
