import { randomUUID } from "node:crypto";
import { type Agent, request } from "undici";
import type { FlowExtensions, FlowField } from "./flow-extensions.ts";
import type { AppCredentials } from "./session-token.ts";
import type { Shop } from "./types.ts";
import { webhookHmac } from "./webhooks.ts";

export type ActionAttempt = { readonly status: number | null; readonly body: string };

/** One run of an action in a merchant's workflow. */
export type ActionRun = {
  readonly runId: string;
  state: "running" | "done" | "failed";
  /** What the merchant reads in the workflow's run log. */
  message: string | null;
  readonly attempts: ActionAttempt[];
};

export type TriggerProblem = { readonly field: string[] | null; readonly message: string };

/** A workflow of the shop that was started by a trigger of the app. */
export type Triggered = {
  readonly shop: string;
  readonly handle: string;
  readonly payload: Readonly<Record<string, unknown>>;
};

export type RunOptions = {
  /** As in a workflow that was saved with other fields than the action has now: the fields are not checked. */
  readonly ofEarlierVersion?: boolean;
  readonly runId?: string;
};

export type Flow = {
  /** Runs an action once, as a workflow of the shop does, until it is done or failed. */
  runAction(
    shop: Shop,
    handle: string,
    fields: Readonly<Record<string, unknown>>,
    how?: RunOptions,
  ): Promise<ActionRun>;
  /** The merchant switches a workflow on or off that begins with this trigger. Throws if Flow would not allow it. */
  switchWorkflow(shop: Shop, handle: string, isOn: boolean): Promise<void>;
  /** `flowTriggerReceive`. */
  receive(shop: Shop, handle: unknown, payload: unknown): readonly TriggerProblem[];
  readonly triggered: readonly Triggered[];
};

export type FlowContext = {
  readonly app: AppCredentials;
  readonly extensions: FlowExtensions;
  readonly agent: Agent;
  readonly now: () => Date;
};

// shopify.dev, "Create Flow action endpoints", 2026-11: ten seconds for an answer; 202, 429 and 5xx are sent again for up
// to 36 hours. Those are a few tries within about a second here.
const TIMEOUT_MS = 10_000;
const RETRIES_MS: readonly number[] = [50, 100, 200, 400];
const LARGEST_ANSWER = 50_000;
// "Flow trigger reference", 2026-11.
const LARGEST_PAYLOAD = 50_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function createFlow({ app, extensions, agent, now }: FlowContext): Flow {
  const triggered: Triggered[] = [];
  // Flow knows which shop has a workflow with which trigger.
  const workflows = new Set<string>();

  const post = async (url: string, body: object) => {
    const text = JSON.stringify(body);
    const headers = {
      "content-type": "application/json",
      "user-agent": "Shopify Flow",
      "x-shopify-hmac-sha256": webhookHmac(text, app.apiSecret),
    };
    const sent = await request(url, {
      method: "POST",
      dispatcher: agent,
      headers,
      body: text,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: sent.statusCode, retryAfter: sent.headers["retry-after"], body: await sent.body.text() };
  };

  /** Null: the run goes on; else the milliseconds until it is tried again. */
  const attempt = async (run: ActionRun, url: string, body: object): Promise<number | null> => {
    try {
      const { status, retryAfter, body: text } = await post(url, body);
      run.attempts.push({ status, body: text });
      if (isTransient(status, text)) return Number(retryAfter ?? 0) > 0 ? (RETRIES_MS[0] ?? 0) : 0;
      run.state = status === 200 ? "done" : "failed";
      run.message = status === 200 ? null : messageOf(status, text);
      return null;
    } catch (problem) {
      run.attempts.push({ status: null, body: String(problem) });
      return 0;
    }
  };

  return {
    triggered,
    async runAction(shop, handle, fields, { ofEarlierVersion = false, runId = randomUUID() } = {}) {
      const action = extensions.actions.find((known) => known.handle === handle);
      if (action === undefined) throw new Error(`the app has no action ${handle}`);
      if (!ofEarlierVersion) checkFields(action.fields, fields);
      const body = {
        shop_id: Number(shop.id),
        shopify_domain: shop.domain,
        action_run_id: runId,
        action_definition_id: "Send stage to Meta",
        handle,
        step_reference: randomUUID(),
        properties: fields,
      };
      const run: ActionRun = { runId, state: "running", message: null, attempts: [] };
      for (const delay of [0, ...RETRIES_MS]) {
        await wait(delay);
        const longer = await attempt(run, action.url, body);
        if (longer === null) return run;
        await wait(longer);
      }
      run.state = "failed";
      run.message = "The app did not answer in time.";
      return run;
    },
    async switchWorkflow(shop, handle, isOn) {
      if (!extensions.triggers.some((known) => known.handle === handle)) throw new Error(`no trigger ${handle}`);
      if (extensions.lifecycleUrl !== null) {
        const { status } = await post(extensions.lifecycleUrl, {
          flow_trigger_definition_id: handle,
          has_enabled_flow: isOn,
          shop_id: String(shop.id),
          shopify_domain: shop.domain,
          timestamp: now().toISOString(),
        });
        if (status < 200 || status > 299) {
          throw new Error(`Flow does not switch the workflow: the app answered ${status}`);
        }
      }
      workflows[isOn ? "add" : "delete"](`${shop.domain} ${handle}`);
    },
    receive(shop, handle, payload) {
      const problem = triggerProblem(extensions, handle, payload);
      if (problem !== null) return [{ field: null, message: problem }];
      // Without a workflow, Flow takes the request and starts nothing.
      if (workflows.has(`${shop.domain} ${String(handle)}`)) {
        triggered.push({ shop: shop.domain, handle: String(handle), payload: payload as Triggered["payload"] });
      }
      return [];
    },
  };
}

/** Sent again. An answer that is too long counts as one that did not come. */
const isTransient = (status: number, body: string): boolean =>
  status === 202 || status === 429 || status >= 500 || body.length > LARGEST_ANSWER;

function messageOf(status: number, body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    if (typeof detail === "string" && detail !== "") return detail;
  } catch {
    // Shown as it is.
  }
  return `${status}: ${body.slice(0, 200)}`;
}

function checkFields(fields: readonly FlowField[], given: Readonly<Record<string, unknown>>): void {
  const strange = Object.keys(given).find((key) => !fields.some((field) => field.key === key));
  if (strange !== undefined) throw new Error(`the action has no field ${strange}`);
  const missing = fields.find(({ key, required }) => required && (given[key] ?? "") === "");
  if (missing !== undefined) throw new Error(`the workflow cannot be saved: ${missing.key} is required`);
}

function triggerProblem({ triggers }: FlowExtensions, handle: unknown, payload: unknown): string | null {
  const trigger = triggers.find((known) => known.handle === handle);
  if (trigger === undefined) return `Errors validating schema:\n  Type '${String(handle)}' does not exist\n`;
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return "Payload must be an object";
  if (Buffer.byteLength(JSON.stringify(payload)) > LARGEST_PAYLOAD) return "Payload exceeds 50KB";
  const sent = new Map(Object.entries(payload));
  for (const field of trigger.fields) {
    const value: unknown = sent.get(field.key);
    if (value === undefined) return `Errors validating schema:\n  Missing property '${field.key}'\n`;
    if (!isOfType(value, field.type)) return `Errors validating schema:\n  '${field.key}' is no ${field.type}\n`;
    sent.delete(field.key);
  }
  const [strange] = sent.keys();
  return strange === undefined ? null : `Errors validating schema:\n  Unknown property '${strange}'\n`;
}

const WHOLE_NUMBERS = ["customer_reference", "order_reference", "product_reference"];

function isOfType(value: unknown, type: string): boolean {
  if (WHOLE_NUMBERS.includes(type)) return Number.isSafeInteger(value);
  if (type === "number_decimal") return typeof value === "number";
  if (type === "boolean") return typeof value === "boolean";
  return typeof value === "string";
}
