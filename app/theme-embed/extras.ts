import type { ExtrasAsset } from "./bundles.ts";
import { findOtherSenders } from "./find-other-senders.ts";
import { quietly } from "../browser/quietly.ts";
import { reportOrder } from "./report-order.ts";
import { reportSentForm } from "./report-sent-form.ts";

// The theme embed's third file: code that few pages need.

export const lookCloser: ExtrasAsset["lookCloser"] = (context) => {
  for (const look of [reportSentForm, reportOrder, findOtherSenders]) quietly(() => look(context));
};
