import type { Section } from "./section.ts";
import { deliverSection } from "./section-deliver.ts";
import { endToEndSection } from "./section-e2e.ts";
import { ingestSection } from "./section-ingest.ts";
import { mapSection } from "./section-map.ts";

/** In the order in which they run. A new section is one file and one line here. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  map: mapSection,
  ingest: ingestSection,
  deliver: deliverSection,
  e2e: endToEndSection,
};
