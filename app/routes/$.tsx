import { data } from "@remix-run/node";
import type { PageHandle } from "../components/page-title.ts";
import { PublicFrame } from "../components/public-page.tsx";
import { TroublePage } from "../components/trouble-page.tsx";

export const handle = { title: "frame.page.missing" } as const satisfies PageHandle;

export const loader = () => data(null, { status: 404 });

/** Any URL without a route. Remix answers a POST to one with 405. */
export default function Missing() {
  return (
    <PublicFrame>
      <TroublePage trouble="missing" />
    </PublicFrame>
  );
}
