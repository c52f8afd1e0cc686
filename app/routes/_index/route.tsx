import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { LandingPage } from "./landing-page.tsx";

export function loader({ request }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url);
  // Shopify opens the app's URL with the shop in the query; the whole query is needed to sign in.
  return searchParams.has("shop") ? redirect(`/app${search}`) : null;
}

export default function Landing() {
  return <LandingPage />;
}
