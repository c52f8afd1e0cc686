import type { EventState } from "../outbox/types.ts";
import { ENGLISH } from "./english.ts";
import { eventStateIn, type Wording } from "./state-wording.ts";

/** In English, for the pages that do not take their texts from the catalogue yet. */
export const eventState = (event: { readonly state: EventState; readonly reason: string | null }): Wording =>
  eventStateIn(ENGLISH, event);
