import type { LeadsApiPorts } from "../../app/server/http/leads-api.server.ts";

/** For servers that nobody reports leads to. */
export const NO_LEADS: LeadsApiPorts = {
  checkKey: () => Promise.reject(new Error("nobody has a key")),
  acceptStages: () => Promise.reject(new Error("nobody reports leads")),
  inWords: () => "",
};
