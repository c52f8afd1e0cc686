import { isIP } from "node:net";
import { type GraphRefusal, invalidEvent, strict } from "./graph-answers.ts";

const HASHED = ["em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country"];
const PLAIN = ["client_ip_address", "client_user_agent", "fbc", "fbp", "subscription_id", "fb_login_id", "lead_id"];
const KEYS = new Set([...HASHED, ...PLAIN, "external_id"]);

// 64 hex digits, with the appendix that Meta's Parameter Builder adds.
const DIGEST = /^[0-9a-f]{64}(\.[A-Za-z0-9_-]{2,8})?$/;
const DIGEST_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const COOKIE = /^fb\.\d+\.\d{13}\.[^.]+(\.([A-Za-z0-9_-]{8}|AQ|Ag|Aw|BA|BQ|Bg))?$/;

// Keys from only one of these sets are too little to match a person (Conversions API, best practices).
const TOO_LITTLE = [
  ["ct", "country", "st", "zp", "ge", "client_user_agent"],
  ["db", "client_user_agent"],
  ["fn", "ge"],
  ["ln", "ge"],
];

/** What is wrong with an event's user_data, or null. */
export function userDataProblem(user: Readonly<Record<string, unknown>>): GraphRefusal | null {
  const keys = Object.keys(user);
  const unknown = keys.find((key) => !KEYS.has(key));
  if (unknown) return strict(`Unknown field user_data.${unknown}`, "user_data", unknown);
  if (TOO_LITTLE.some((set) => keys.every((key) => set.includes(key)))) return invalidEvent(2804050, "user_data");
  // 15 to 17 digits (Conversions API for CRM, payload); 2804036 for an invalid one (an answer that others recorded).
  const { lead_id } = user;
  if (lead_id !== undefined && !(typeof lead_id === "string" && /^\d{15,17}$/.test(lead_id))) {
    return invalidEvent(2804036, "user_data", "lead_id");
  }
  for (const key of keys) {
    const problem = keyProblem(key, user[key]);
    if (problem) return strict(`user_data.${key} ${problem}`, "user_data", key);
  }
  return null;
}

function keyProblem(key: string, value: unknown): string | null {
  if (HASHED.includes(key) || key === "external_id") return listProblem(value, HASHED.includes(key));
  if (typeof value !== "string" || value === "") return "must be a text";
  if (key === "client_ip_address" && isIP(value) === 0) return "is no IP address";
  if ((key === "fbp" || key === "fbc") && !COOKIE.test(value)) return "has not the form fb.<index>.<ms>.<payload>";
  return null;
}

function listProblem(value: unknown, mustBeHashed: boolean): string | null {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) return "is an empty list";
  for (const value of list) {
    if (typeof value !== "string" || value === "") return "must be a text or a list of texts";
    if (mustBeHashed && !DIGEST.test(value)) return "must be hashed: lower-case hex SHA-256";
    if (value.startsWith(DIGEST_OF_NOTHING)) return "is the hash of an empty text";
  }
  return null;
}
