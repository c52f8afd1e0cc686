import { fieldsOf, fieldsOfText } from "./json.ts";
import { type FoundSender, OTHER_SENDERS } from "./other-senders.ts";

// Only the server imports this, so it adds nothing to the browser's bundles.

const MOST = 50;

/** The senders that a collector post names; null if the post is an event. Skips invalid entries. */
export function parseSendersPost(body: string): readonly FoundSender[] | null {
  const senders = fieldsOfText(body)?.["senders"];
  if (!Array.isArray(senders)) return null;
  return senders.slice(0, MOST).flatMap((posted) => {
    const { pixelId: metaPixelId, sender } = fieldsOf(posted) ?? {};
    const known = OTHER_SENDERS.find((name) => name === sender);
    return known && typeof metaPixelId === "string" && /^\d{1,20}$/.test(metaPixelId)
      ? [{ metaPixelId, sender: known }]
      : [];
  });
}
