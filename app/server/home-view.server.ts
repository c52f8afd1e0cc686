import type { ShopDomain } from "../event-contract/event-id.ts";
import { daysBefore } from "../ledger/days.ts";
import type { HomeView, SetupView } from "./admin-ports.ts";
import type { OpenApp } from "./open-app.server.ts";

export async function setupView(app: OpenApp, shop: ShopDomain): Promise<SetupView> {
  const [profile, facts, publish, reconciliation, costs, filesToDownload] = await Promise.all([
    app.profile(shop),
    app.eventLog.setupFacts(shop),
    app.settings.publishState(shop),
    app.reconciliations.state(shop),
    app.unitCosts.stateOf(shop),
    app.privacy.dataRequests.toDownload(shop),
  ]);
  return { profile, facts, publish, reconciliation, costs, filesToDownload };
}

/** A fixed number of queries, whatever the shop has sold. */
export async function homeView(app: OpenApp, shop: ShopDomain, days: number): Promise<HomeView> {
  const now = app.now();
  const { dailyFigures } = app;
  const today = await dailyFigures.dayAt(shop, now);
  const from = daysBefore(today, days - 1);
  const [setup, figures, open, isCounted, settingsMarks] = await Promise.all([
    setupView(app, shop),
    dailyFigures.events(shop, { from, until: today }),
    dailyFigures.open(shop),
    dailyFigures.isComplete(shop),
    dailyFigures.settingsMarks(shop, from),
  ]);
  return { ...setup, now, today, figures, open, isCounted, settingsMarks };
}
