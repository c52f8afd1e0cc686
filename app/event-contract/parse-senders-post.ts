import { fieldsOf, fieldsOfText } from "./json.ts";
import { type FoundSender, OTHER_SENDERS } from "./other-senders.ts";

// Imported by the server only, so that it weighs nothing in the browser.

const MOST = 50;

/** The senders that a post to the collector names; null for a post that is an event. What is not understood is left out. */
export function parseSendersPost(body: string): readonly FoundSender[] | null {
  const senders = fieldsOfText(body)?.["senders"];
  if (!Array.isArray(senders)) return null;
  return senders.slice(0, MOST).flatMap((each) => {
    const { pixelId, sender } = fieldsOf(each) ?? {};
    const known = OTHER_SENDERS.find((name) => name === sender);
    return known && typeof pixelId === "string" && /^\d{1,20}$/.test(pixelId) ? [{ pixelId, sender: known }] : [];
  });
}
