import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { PageHandle } from "../../components/page-title.ts";
import { isBeingPublished, isPixelAwaited } from "../../components/publish-progress.ts";
import { useRevalidateWhile } from "../../components/use-revalidate-while.ts";
import { daysBefore } from "../../ledger/days.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { chartsOf } from "./charts.server.ts";
import { HomePage } from "./home-page.tsx";
import { ACCOUNTED_DAYS, orderAccount } from "./order-account.ts";
import { daysOf, PERIOD_DAYS, periodIn, splitByPeriod } from "./period.ts";
import { summaryOf } from "./summary.ts";
import { useEmbedState } from "./use-embed-state.ts";
import { useTestCodeRemoval } from "./use-test-code-removal.ts";

export const handle = { title: "frame.page.home" } satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin, permissions } = await signedInShop(request, context);
  const period = periodIn(new URL(request.url).searchParams);
  const days = Math.max(ACCOUNTED_DAYS, 2 * PERIOD_DAYS[period]);
  const { figures, isCounted, now, today, settingsMarks, ...view } = await admin.home(shop, days);
  const { present, before } = splitByPeriod(figures, period, today);
  const account = orderAccount({ ...view, figures, isCounted, now, from: daysBefore(today, ACCOUNTED_DAYS - 1) });
  const summaries = { present: summaryOf(present), before: summaryOf(before) };
  const charts = chartsOf({ figures: present, days: daysOf(period, today), marks: settingsMarks });
  return {
    ...view,
    account,
    period,
    ...summaries,
    charts,
    apiKey: context.apiKey,
    mayChange: permissions.includes("change-settings"),
  };
}

export default function Home() {
  const { mayChange, ...view } = useLoaderData<typeof loader>();
  const removal = useTestCodeRemoval();
  const isTokenAwaited = view.facts.pixelsBeingChecked.length > 0;
  useRevalidateWhile(isBeingPublished(view) || isPixelAwaited(view) || isTokenAwaited);
  return <HomePage {...view} embed={useEmbedState()} removal={mayChange ? removal : null} />;
}
