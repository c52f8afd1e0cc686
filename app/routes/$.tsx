import { data, type MetaFunction } from "@remix-run/node";
import { PublicFrame } from "../components/public-page.tsx";
import { TroublePage } from "../components/trouble-page.tsx";

export const meta: MetaFunction = () => [{ title: "Not found · Tandem" }];

export const loader = () => data(null, { status: 404 });

/** Any URL without a route. Remix answers a POST to one with 405. */
export default function Missing() {
  return (
    <PublicFrame>
      <TroublePage trouble="missing" />
    </PublicFrame>
  );
}
