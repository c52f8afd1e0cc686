import { type Alert, sendAlert } from "../alerts/alerts.server.ts";
import type { Env } from "../env/env.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { OpenApp } from "./open-app.server.ts";

export type AlertOperator = (alert: Omit<Alert, "at">) => Promise<void>;

const TASK = "alert";

/** For workers only: alerts go through the queue, so that a failed one is sent again. */
export async function operatorAlerts(
  { queue, now }: Pick<OpenApp, "queue" | "now">,
  env: Pick<Env, "alertWebhook" | "alertEmail" | "sendmail">,
): Promise<AlertOperator> {
  const alerts = await queue.background.queued<Alert>(TASK, (alert) => sendAlert(alert, env));
  return (alert) => alerts.send({ ...alert, at: now().toISOString() });
}

/** For every process: a worker sends the alert. */
export const alertByWorker =
  ({ queue, now }: Pick<OpenApp, "queue" | "now">): AlertOperator =>
  (alert) =>
    queue.background.leave(TASK, { ...alert, at: now().toISOString() });

export const dataRequestedAlert = (shop: ShopDomain): Omit<Alert, "at"> => ({
  kind: "data-requested",
  shop,
  reason:
    "A customer asked Shopify for their data. The file with what Tandem holds of them is ready: the merchant downloads " +
    "it in the app under Data requests, and gives it to the customer. It is deleted after 30 days.",
});
