import { expect, test } from "vitest";
import { ComingPage } from "../../app/routes/app/slow-page.tsx";
import { pageNameOf } from "../../app/routes/app/page-names.ts";
import { adminPages } from "../programs/screenshots/admin-pages.ts";
import { htmlOf } from "./dashboard/html-of.tsx";

const addresses = adminPages().map(({ pattern }) => pattern.replaceAll(/:[^/]+/g, "1"));

test.each(addresses)("the page at %s has its name before it is there", (address) => {
  expect(pageNameOf(address)).not.toBe("frame.app");
});

test("a page that is long in coming says which one loads", () => {
  expect(htmlOf(<ComingPage pathname="/app/orders/1" />)).toMatch(/heading="Order"[^]*Loading Order/);
});
