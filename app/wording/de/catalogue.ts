import type { Translation } from "../catalogue.ts";
import { access } from "./access.ts";
import { advice } from "./advice.ts";
import { choices } from "./choices.ts";
import { comparison } from "./comparison.ts";
import { costs } from "./costs.ts";
import { dataRequests } from "./data-requests.ts";
import { dryRun } from "./dry-run.ts";
import { elsewhere } from "./elsewhere.ts";
import { eventPage } from "./event-page.ts";
import { events } from "./events.ts";
import { fieldProblems } from "./field-problems.ts";
import { frame } from "./frame.ts";
import { help } from "./help.ts";
import { home } from "./home.ts";
import { leads } from "./leads.ts";
import { leadsPage } from "./leads-page.ts";
import { leadPage } from "./lead-page.ts";
import { leadImport } from "./lead-import.ts";
import { leadSetup } from "./lead-setup.ts";
import { leadGuides } from "./lead-guides.ts";
import { legs } from "./legs.ts";
import { mapping } from "./mapping.ts";
import { netRevenue } from "./net-revenue.ts";
import { orderBlock } from "./order-block.ts";
import { orderPage } from "./order-page.ts";
import { otherSenders } from "./other-senders.ts";
import { pixels } from "./pixels.ts";
import { publicPages } from "./public.ts";
import { publishing } from "./publishing.ts";
import { reasons } from "./reasons.ts";
import { settings } from "./settings.ts";
import { states } from "./states.ts";
import { testing } from "./testing.ts";
import { versions } from "./versions.ts";

export const catalogue = {
  access,
  advice,
  choices,
  comparison,
  costs,
  dataRequests,
  dryRun,
  elsewhere,
  eventPage,
  events,
  fieldProblems,
  frame,
  help,
  home,
  leads,
  leadsPage,
  leadPage,
  leadImport,
  leadSetup,
  leadGuides,
  legs,
  mapping,
  netRevenue,
  orderBlock,
  orderPage,
  otherSenders,
  pixels,
  publicPages,
  publishing,
  reasons,
  settings,
  states,
  testing,
  versions,
} satisfies Translation;
