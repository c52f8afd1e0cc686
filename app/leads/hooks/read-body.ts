import { XMLParser, XMLValidator } from "fast-xml-parser";
import { fieldAt, fieldsOf } from "../../event-contract/json.ts";
import type { Result } from "../../event-contract/result.ts";
import type { Problem } from "../../wording/field-problem-words.ts";
import { problem } from "../../wording/problem.ts";
import type { Preset } from "./presets.ts";

type ReadBody = Result<unknown, { readonly problem: Problem }>;

/** The body as JSON values, of which nothing is checked yet. Never throws. */
export const readHookBody = (text: string, format: Preset["format"]): ReadBody =>
  format === "json" ? readJson(text) : readOutboundMessage(text);

const LONG_NUMBER = /^\d{16,30}$/;

/** Long IDs stay exact: a number that JavaScript would round becomes text. */
const exact = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === "number" && LONG_NUMBER.test(context?.source ?? "") ? context?.source : value;

function readJson(text: string): ReadBody {
  try {
    return { ok: true, value: JSON.parse(text, exact) as unknown };
  } catch (error) {
    return { ok: false, problem: problem(error instanceof RangeError ? "body.too-deep" : "body.not-json") };
  }
}

const NOT_A_MESSAGE = problem("body.not-a-message");
const MOST_LEVELS = 20;

// Entities are off: a document may define none, and only those that XML itself has are read.
const PARSER = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  maxNestedTags: MOST_LEVELS,
  tagValueProcessor: (_tag, value) => withoutEntities(value),
});
const OWN_ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const withoutEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_entity, name: string) => OWN_ENTITIES[name] ?? "");

/** The `notifications` of an outbound message, with its elements as text. */
function readOutboundMessage(text: string): ReadBody {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    return { ok: false, problem: problem("body.own-definitions") };
  }
  try {
    if (XMLValidator.validate(text) !== true) return { ok: false, problem: problem("body.not-xml") };
    const message = fieldAt(PARSER.parse(text), "Envelope", "Body", "notifications");
    return fieldsOf(message) === null ? { ok: false, problem: NOT_A_MESSAGE } : { ok: true, value: message };
  } catch {
    return { ok: false, problem: NOT_A_MESSAGE };
  }
}

/** What Salesforce takes for "received"; anything else it sends again for 24 hours (SOAP API Developer Guide, 2026-11-30). */
export const OUTBOUND_MESSAGE_ANSWER =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
  '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>' +
  "</soapenv:Body></soapenv:Envelope>";
