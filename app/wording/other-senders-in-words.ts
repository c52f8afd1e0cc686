import { OTHER_SENDERS, type OtherSender } from "../event-contract/other-senders.ts";
import { ENGLISH } from "./english.ts";
import type { Words } from "./words.ts";

/** Who else sends to a pixel, and what to do about it. */
export const otherSenderIn = (words: Words, sender: OtherSender): string => words.text(`otherSenders.${sender}`);

/** In English, for the pages that do not take their texts from the catalogue yet. */
export const OTHER_SENDERS_IN_WORDS = Object.fromEntries(
  OTHER_SENDERS.map((sender) => [sender, otherSenderIn(ENGLISH, sender)]),
) as Readonly<Record<OtherSender, string>>;
