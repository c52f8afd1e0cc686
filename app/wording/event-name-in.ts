import type { EventName } from "../event-contract/event-name.ts";
import type { Words } from "./words.ts";

/** Meta's name of the event; a stage of a lead has another one for each stage and is called what it is. */
export const eventNameIn = (words: Words, name: EventName): string =>
  name === "LeadStage" ? words.text("events.name.LeadStage") : name;
