import { createHash } from "node:crypto";
import { eventId } from "../event-contract/event-id.ts";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { GraphAnswer, GraphError } from "./graph-answer.ts";
import type { GraphClient } from "./graph-client.server.ts";
import type { CredentialCheck } from "./types.ts";
import { verdictOf } from "./verdict.ts";

export type CredentialQuestion = {
  readonly client: Pick<GraphClient, "send">;
  readonly metaPixelId: string;
  readonly token: string;
  readonly now: Date;
};

const ADVICE = {
  valid: "Meta knows this pixel, and the access token may send events to it.",
  "token-invalid":
    "Meta does not accept this access token. Create a new one in Events Manager: Data sources, your pixel, Settings, Conversions API, Generate access token. Copy it whole.",
  "pixel-unknown":
    "The access token does not belong to a pixel with this ID. The Meta pixel ID is below the pixel's name in Events Manager, Data sources; create the token on the same pixel's Settings page.",
  unreachable: "Meta could not be reached, so the pixel and the access token are not checked yet.",
  unclear:
    "Meta's answer does not confirm the pixel and the access token. Watch the first events in Events Manager, Test events.",
} as const satisfies Record<CredentialCheck["kind"], string>;

const PROBE_AGE_S = 8 * 86_400;
const TOO_OLD = 2804003;
// The characters that a header can carry. Others come from a bad copy and paste.
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Checks a pixel and a token with Meta without a side effect: the event sent is eight days old, and Meta refuses it for
 * its age only after it has accepted pixel and token (recorded on v26.0, 2026-09). Nothing is counted.
 */
export async function checkCredentials({
  client,
  metaPixelId,
  token,
  now,
}: CredentialQuestion): Promise<CredentialCheck> {
  if (!TOKEN.test(token)) return checkOf("token-invalid");
  const answer = await client.send({ metaPixelId, token, events: [probe(now)], testEventCode: null });
  const check = checkOf(meaningOf(answer));
  return check.kind === "token-invalid" ? { ...check, advice: tokenAdvice(answer) ?? check.advice } : check;
}

/** A token that has ended (expired, withdrawn, its author's password changed) is told from one that never was. */
function tokenAdvice(answer: GraphAnswer): string | null {
  if (answer.body?.kind !== "error" || answer.body.error.subcode === null) return null;
  const verdict = verdictOf(answer, 1);
  return verdict.kind === "blocked" ? verdict.problem.advice : null;
}

const checkOf = (kind: CredentialCheck["kind"]): CredentialCheck => ({ kind, advice: ADVICE[kind] });

function meaningOf(answer: GraphAnswer): CredentialCheck["kind"] {
  if (answer.body?.kind === "error") return meaningOfError(answer.body.error);
  const answeredByGraph = answer.body?.kind === "received";
  return answeredByGraph ? "unclear" : "unreachable";
}

function meaningOfError({ code, subcode }: GraphError): CredentialCheck["kind"] {
  if (code === 100 && subcode === TOO_OLD) return "valid";
  if (code === 100 && subcode === 33) return "pixel-unknown";
  const isTokenError = [3, 10, 102, 104, 190].includes(code) || (code >= 200 && code < 300);
  return isTokenError ? "token-invalid" : "unclear";
}

function probe(now: Date): MetaEvent {
  const event_id = eventId("tandem-credential-check");
  if (event_id === null) throw new Error("the probe's ID is not a valid event ID");
  return {
    event_name: "PageView",
    event_id,
    event_time: Math.floor(now.getTime() / 1_000) - PROBE_AGE_S,
    action_source: "system_generated",
    user_data: { external_id: [createHash("sha256").update("tandem-credential-check").digest("hex")] },
    custom_data: {},
  };
}
