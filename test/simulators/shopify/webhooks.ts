import { createHmac, randomUUID } from "node:crypto";
import { Agent, buildConnector, request } from "undici";
import { simulatorCertificate } from "../certificate.ts";
import type { AppConfig } from "./extension-files.ts";
import type { AppCredentials } from "./session-token.ts";

/** Delivery faults; each count is consumed delivery by delivery, across all shops. */
export type WebhookFaults = {
  /** Each of the next deliveries is sent twice, with the same webhook id. */
  duplicate: number;
  /** Each of the next deliveries is lost: Shopify believes that it was sent. */
  drop: number;
  /** The next delivery waits until the one after it has been answered. */
  reorder: boolean;
  /** Before every delivery. */
  delayMs: number;
};

export type WebhookAttempt = { readonly at: string; readonly status: number | null; readonly problem: string | null };

export type WebhookDelivery = {
  readonly webhookId: string;
  readonly eventId: string;
  readonly shop: string;
  readonly topic: string;
  readonly url: string;
  readonly body: string;
  /**
   * When the event happened, the same on every attempt: the header is there to tell how old a delivery is (shopify.dev,
   * "About webhooks", 2026-11).
   */
  readonly triggeredAt: Date;
  state: "pending" | "delivered" | "failed" | "dropped";
  readonly attempts: WebhookAttempt[];
};

export type WebhookSender = {
  readonly deliveries: WebhookDelivery[];
  readonly faults: WebhookFaults;
  /** Sends the topic to every subscription of shopify.app.toml. Never waits for the app. */
  publish(shop: string, topic: string, payload: unknown, eventId?: string): WebhookDelivery[];
  /** Sends the topic to a subscription that the app made for one shop. */
  publishTo(shop: string, to: { readonly topic: string; readonly uri: string }, payload: unknown): WebhookDelivery;
  /** Sends a delivery's bytes again, as Shopify does when it missed the answer. */
  repeat(delivery: WebhookDelivery): Promise<void>;
  /** Resolves when nothing is in flight or waiting for a retry. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

/** Shopify's eight retries over four hours, compressed to about thirteen seconds. */
export const RETRY_DELAYS_MS: readonly number[] = [50, 100, 200, 400, 800, 1600, 3200, 6400];
const CONNECT_TIMEOUT_MS = 1000;
const TOTAL_TIMEOUT_MS = 5000;

export type WebhookSenderOptions = {
  readonly app: AppCredentials;
  readonly config: AppConfig;
  readonly appUrl: string;
  /** Where `appUrl` is really reached, when its host name means nothing on this machine: `http://127.0.0.1:3000`. */
  readonly appAddress: string;
  readonly now: () => Date;
};

/** Raw bytes signed as Shopify signs them: base64 HMAC-SHA256 with the client secret. */
export const webhookHmac = (body: string, secret: string): string =>
  createHmac("sha256", secret).update(body).digest("base64");

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Reaches the app at its address, whatever host its URL names. */
export async function appAgent(appAddress: string): Promise<Agent> {
  const { cert } = await simulatorCertificate();
  const target = new URL(appAddress);
  const connect = buildConnector({ ca: cert, timeout: CONNECT_TIMEOUT_MS });
  return new Agent({
    connect: (options, done) => {
      const port = target.port || (target.protocol === "https:" ? "443" : "80");
      const address = { hostname: target.hostname, host: `${target.hostname}:${port}`, port };
      connect({ ...options, ...address, servername: options.servername ?? options.hostname }, done);
    },
  });
}

export async function createWebhookSender(options: WebhookSenderOptions): Promise<WebhookSender> {
  const agent = await appAgent(options.appAddress);
  const deliveries: WebhookDelivery[] = [];
  const faults: WebhookFaults = { duplicate: 0, drop: 0, reorder: false, delayMs: 0 };
  const onTheirWay = new Set<Promise<void>>();
  const held: (() => void)[] = [];
  let closed = false;

  const headersFor = (delivery: WebhookDelivery, name: string | null) => ({
    "content-type": "application/json",
    "user-agent": "Shopify-Captain-Hook",
    "x-shopify-topic": delivery.topic,
    "x-shopify-hmac-sha256": webhookHmac(delivery.body, options.app.apiSecret),
    "x-shopify-shop-domain": delivery.shop,
    "x-shopify-api-version": options.config.apiVersion,
    "x-shopify-webhook-id": delivery.webhookId,
    "x-shopify-event-id": delivery.eventId,
    "x-shopify-triggered-at": delivery.triggeredAt.toISOString().replace("Z", "000000Z"),
    ...(name !== null && { "x-shopify-name": name }),
  });

  const attempt = async (delivery: WebhookDelivery): Promise<boolean> => {
    const at = options.now().toISOString();
    const subscription = options.config.subscriptions.find(({ topics }) => topics.includes(delivery.topic));
    try {
      const response = await request(delivery.url, {
        method: "POST",
        dispatcher: agent,
        headers: headersFor(delivery, subscription?.name ?? null),
        body: delivery.body,
        signal: AbortSignal.timeout(TOTAL_TIMEOUT_MS),
      });
      await response.body.dump();
      delivery.attempts.push({ at, status: response.statusCode, problem: null });
      return response.statusCode >= 200 && response.statusCode < 300;
    } catch (problem) {
      delivery.attempts.push({
        at,
        status: null,
        problem: problem instanceof Error ? problem.message : String(problem),
      });
      return false;
    }
  };

  const deliver = async (delivery: WebhookDelivery): Promise<void> => {
    for (const delay of [0, ...RETRY_DELAYS_MS]) {
      if (delay > 0) await wait(delay);
      if (closed) return;
      if (await attempt(delivery)) {
        delivery.state = "delivered";
        return;
      }
    }
    delivery.state = "failed";
  };

  const takeFaults = async (delivery: WebhookDelivery): Promise<"send" | "lost"> => {
    if (faults.drop > 0) {
      faults.drop -= 1;
      delivery.state = "dropped";
      return "lost";
    }
    if (faults.delayMs > 0) await wait(faults.delayMs);
    if (faults.reorder) {
      faults.reorder = false;
      await new Promise<void>((go) => held.push(go));
    }
    return "send";
  };

  const send = async (delivery: WebhookDelivery): Promise<void> => {
    if ((await takeFaults(delivery)) === "lost") return;
    const twice = faults.duplicate > 0;
    if (twice) faults.duplicate -= 1;
    await (twice ? Promise.all([deliver(delivery), attempt(delivery)]) : deliver(delivery));
    release();
  };

  const release = (): void => {
    for (const go of held.splice(0)) go();
  };

  const track = (work: Promise<void>): Promise<void> => {
    onTheirWay.add(work);
    return work.finally(() => onTheirWay.delete(work));
  };

  const start = (what: Pick<WebhookDelivery, "eventId" | "shop" | "topic" | "url" | "body" | "triggeredAt">) => {
    const delivery: WebhookDelivery = { webhookId: randomUUID(), ...what, state: "pending", attempts: [] };
    deliveries.push(delivery);
    void track(send(delivery));
    return delivery;
  };

  return {
    deliveries,
    faults,
    publish(shop, topic, payload, eventId = randomUUID()) {
      const body = JSON.stringify(payload);
      const triggeredAt = options.now();
      const subscriptions = options.config.subscriptions.filter(({ topics }) => topics.includes(topic));
      return subscriptions.map(({ uri }) => {
        const url = new URL(uri, options.appUrl).href;
        return start({ eventId, shop, topic, url, body, triggeredAt });
      });
    },
    publishTo: (shop, { topic, uri }, payload) => {
      const body = JSON.stringify(payload);
      return start({ eventId: randomUUID(), shop, topic, url: uri, body, triggeredAt: options.now() });
    },
    repeat: (delivery) => track(deliver(delivery)),
    async settled() {
      while (onTheirWay.size > 0) {
        release();
        await Promise.all(onTheirWay);
      }
    },
    async close() {
      closed = true;
      release();
      await agent.destroy();
      await Promise.allSettled(onTheirWay);
    },
  };
}
