import type { OtherSender } from "../event-contract/other-senders.ts";
import type { Words } from "./words.ts";

/** Who else sends to a pixel, and what to do about it. */
export const otherSenderIn = (words: Words, sender: OtherSender): string => words.text(`otherSenders.${sender}`);
