import type { FlowPorts } from "../../app/server/http/flow.server.ts";
import type { LeadHooksPorts } from "../../app/server/http/lead-hooks.server.ts";
import type { LeadsApiPorts } from "../../app/server/http/leads-api.server.ts";

/** For servers that nobody reports leads to. */
export const NO_LEADS: LeadsApiPorts = {
  checkKey: () => Promise.reject(new Error("nobody has a key")),
  acceptStages: () => Promise.reject(new Error("nobody reports leads")),
  inWords: () => "",
};

/** For servers that no CRM sends to. */
export const NO_HOOKS: LeadHooksPorts = {
  open: async () => null,
  acceptHook: () => Promise.reject(new Error("no CRM sends here")),
  noteUse: async () => undefined,
  inWords: () => "",
  appUrl: "https://tandem.example.com",
  highLevelKey: undefined,
};

/** For servers that Shopify Flow does not reach. */
export const NO_FLOW: FlowPorts = {
  isSigned: () => false,
  acceptActionRun: () => Promise.reject(new Error("no workflow runs")),
  noteWorkflow: async () => undefined,
  inWords: () => "",
};
