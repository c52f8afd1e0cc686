import { createHmac } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "undici";

import type { Env } from "../env/env.server.ts";

/** Something that a person must know at once, in the form that is posted. Contains no personal data and no secret. */
export type Alert = {
  readonly kind: "pixel-blocked" | "pixel-mended" | "data-requested" | "keys-do-not-open" | "keys-mended";
  /** Absent if the alert is about a process. */
  readonly shop?: string;
  /** Meta's number of the pixel, under its public name; absent if the alert is about none. */
  readonly pixelId?: string;
  /** For the merchant, in whole sentences. */
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
};

export type AlertTargets = Pick<Env, "alertWebhook" | "alertEmail" | "sendmail">;

const TIMEOUT_MS = 10_000;

/**
 * Sends an alert to the operator: a signed POST, an email through the machine's sendmail, or both. Throws if either
 * fails; the caller tries again, so each may arrive twice.
 */
export async function sendAlert(alert: Alert, targets: AlertTargets): Promise<void> {
  if (targets.alertWebhook) await postAlert(alert, targets.alertWebhook);
  if (targets.alertEmail !== undefined) await mailAlert(alert, targets.alertEmail, targets.sendmail);
}

const SUBJECTS = {
  "pixel-blocked": "Meta accepts no events for pixel",
  "pixel-mended": "Meta accepts events again for pixel",
  "data-requested": "A customer’s data can be downloaded",
  "keys-do-not-open": "Stored tokens cannot be opened with TANDEM_ENCRYPTION_KEYS",
  "keys-mended": "Stored tokens can be opened again",
} as const satisfies Record<Alert["kind"], string>;

const subjectOf = ({ kind, pixelId, shop }: Alert): string =>
  [SUBJECTS[kind], ...(pixelId === undefined ? [] : [pixelId]), ...(shop === undefined ? [] : [`(${shop})`])].join(" ");

/** The signature is the hex HMAC-SHA256 of the body, so that the receiver can verify the sender. */
async function postAlert(alert: Alert, { url, secret }: NonNullable<Env["alertWebhook"]>): Promise<void> {
  const body = JSON.stringify({ ...alert, subject: subjectOf(alert) });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const answer = await request(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tandem-signature": `sha256=${signature}` },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.body.dump();
  if (answer.statusCode >= 300) throw new Error(`the alert webhook answered ${answer.statusCode}`);
}

/** A line break in a header value would start another header. */
const inOneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ");

async function mailAlert(alert: Alert, to: string, sendmail: string): Promise<void> {
  const mail = [
    `To: ${inOneLine(to)}`,
    `Subject: ${inOneLine(subjectOf(alert))}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    alert.reason,
    "",
    ...(alert.shop === undefined ? [] : [`Shop: ${alert.shop}`]),
    ...(alert.pixelId === undefined ? [] : [`Pixel: ${alert.pixelId}`]),
    `At: ${alert.at}`,
    "",
  ].join("\n");
  // -t takes the recipient from the header; -i keeps a line with a single dot from ending the message.
  const child = spawn(sendmail, ["-t", "-i"], { stdio: ["pipe", "ignore", "ignore"], timeout: TIMEOUT_MS });
  const ended = once(child, "close");
  // If the program exits without reading, its exit code reports the failure.
  child.stdin.on("error", () => undefined);
  child.stdin.end(mail);
  await ended;
  if (child.exitCode !== 0) throw new Error(`${sendmail} ended with ${String(child.exitCode)}`);
}
