import { expect, test } from "vitest";
import { ofAccount } from "../../app/leads/hooks/of-account.ts";
import { PRESETS } from "../../app/leads/hooks/presets.ts";
import { HUBSPOT, PIPEDRIVE } from "../fixtures/crm-bodies.ts";

const [change] = HUBSPOT;
const foreign = { ...change, portalId: 44 };
const path = PRESETS.hubspot.account ?? "";

test("of a list with changes of several accounts, those of the address's own are read", () => {
  expect(ofAccount([change, foreign], { path, account: "33" })).toEqual([change]);
  expect(ofAccount([change, foreign], { path, account: "44" })).toEqual([foreign]);
  expect(ofAccount([change, foreign], { path, account: "55" })).toBeNull();
  expect(ofAccount([], { path, account: "33" })).toBeNull();
});

test("a body of one account is read whole, or not at all", () => {
  const of = (account: string) => ({ path: PRESETS.pipedrive.account ?? "", account });
  expect(ofAccount(PIPEDRIVE, of("77"))).toEqual(PIPEDRIVE);
  expect(ofAccount(PIPEDRIVE, of("78"))).toBeNull();
});
