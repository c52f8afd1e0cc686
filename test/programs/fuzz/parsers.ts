import * as answers from "./parsers/answers.ts";
import * as browserPages from "./parsers/browser-pages.ts";
import * as browserPosts from "./parsers/browser-posts.ts";
import * as eventQueries from "./parsers/event-queries.ts";
import * as flow from "./parsers/flow.ts";
import * as identity from "./parsers/identity.ts";
import * as leads from "./parsers/leads.ts";
import * as network from "./parsers/network.ts";
import * as operators from "./parsers/operators.ts";
import * as settings from "./parsers/settings.ts";
import * as stagesApi from "./parsers/stages-api.ts";
import * as tokens from "./parsers/tokens.ts";
import * as webhooks from "./parsers/webhooks.ts";
import type { FuzzedParser } from "./parser.ts";

/** Whatever reads a report of a stage, by any of the ways in. */
export const LEAD_PARSERS: readonly FuzzedParser[] = [leads, flow, stagesApi].flatMap((group) => Object.values(group));

/** Everything that reads what somebody else wrote, for the program and for the suite's own run. */
export const PARSERS: readonly FuzzedParser[] = [
  webhooks,
  browserPosts,
  browserPages,
  answers,
  tokens,
  identity,
  settings,
  operators,
  eventQueries,
  network,
]
  .flatMap((group): FuzzedParser[] => Object.values(group))
  .concat(LEAD_PARSERS);
