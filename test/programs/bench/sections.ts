import type { Section } from "./section.ts";
import { adminSection } from "./section-admin.ts";
import { deliverSection } from "./section-deliver.ts";
import { endToEndSection } from "./section-e2e.ts";
import { eventsSection } from "./section-events.ts";
import { ingestSection } from "./section-ingest.ts";
import { leadsSection } from "./section-leads.ts";
import { mapSection } from "./section-map.ts";
import { memorySection } from "./section-memory.ts";
import { migrationsSection } from "./section-migrations.ts";
import { outSection } from "./section-out.ts";
import { rehearsalSection } from "./section-rehearsal.ts";
import { scaleSection } from "./section-scale.ts";
import { storefrontSection } from "./section-storefront.ts";

/** In the order in which they run. A new section is one file and one line here. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  map: mapSection,
  ingest: ingestSection,
  deliver: deliverSection,
  e2e: endToEndSection,
  events: eventsSection,
  storefront: storefrontSection,
  leads: leadsSection,
  admin: adminSection,
  rehearsal: rehearsalSection,
  scale: scaleSection,
  out: outSection,
  memory: memorySection,
  migrations: migrationsSection,
};
