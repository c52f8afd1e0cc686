import { may, type Permission, type Role } from "../access/roles.ts";
import type { AdminPorts } from "./admin-ports.ts";

/**
 * What each port needs. A port that is missing here does not compile, and pages get the app through these ports alone,
 * so a new page cannot forget the check.
 */
const NEEDED: Readonly<Record<keyof AdminPorts, Permission>> = {
  visited: "look",
  setup: "look",
  home: "look",
  timeZone: "look",
  saveSettings: "change-settings",
  settingsVersions: "look",
  settingsVersion: "look",
  goBackTo: "change-settings",
  rehearse: "change-settings",
  rehearseGoingBack: "look",
  connectPixel: "change-settings",
  setPixelState: "change-settings",
  checkPixel: "change-settings",
  tests: "look",
  testStream: "look",
  sendTestPurchase: "change-settings",
  removeTestCode: "change-settings",
  filterPixel: "change-settings",
  disconnectPixel: "disconnect-pixel",
  events: "look",
  event: "look",
  eventTotals: "look",
  exportEvents: "export",
  metaPixelIds: "look",
  order: "look",
  findOrders: "look",
  orderEvents: "look",
  orderNow: "look",
  sendAgain: "change-settings",
  dryRun: "see-customers",
  latestOrderValues: "look",
  dataRequests: "look",
  dataRequestFile: "export",
  leads: "look",
  lead: "look",
  reportStage: "change-settings",
  deleteLead: "change-settings",
  leadSetup: "look",
  makeApiKey: "change-settings",
  rotateApiKey: "change-settings",
  revokeApiKey: "change-settings",
  tryCrmMapping: "change-settings",
  connectCrm: "change-settings",
  remapCrm: "change-settings",
  renewCrmSecret: "change-settings",
  revokeCrm: "change-settings",
  previewLeadRows: "change-settings",
  importLeadRows: "change-settings",
  staff: "look",
  setRole: "assign-roles",
  changes: "look",
  accessRecords: "see-access",
  subjectFacts: "look",
  exportChanges: "export",
  exportAccessRecords: "export",
};

const REFUSAL = "Your role in Tandem does not allow this. An owner of the app can change your role on the Access page.";

const refusal = (): Response =>
  new Response(REFUSAL, { status: 403, headers: { "content-type": "text/plain; charset=utf-8" } });

const refuse = async (): Promise<never> => {
  throw refusal();
};

/** The ports for somebody of this role: a call that the role does not allow throws a 403 response. */
export function permittedPorts(ports: AdminPorts, role: Role): AdminPorts {
  const permitted = Object.entries(ports).map(([name, port]): [string, unknown] => [
    name,
    // Object.entries forgets the names, which are the ports' own.
    may(role, NEEDED[name as keyof AdminPorts]) ? port : refuse,
  ]);
  return Object.fromEntries(permitted) as AdminPorts;
}

const READING: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Throws a 403 response if the request is a form and the role may change nothing, whatever the form's route does. */
export function refuseForms(request: Request, role: Role): void {
  if (!READING.has(request.method) && !may(role, "change-settings")) throw refusal();
}
