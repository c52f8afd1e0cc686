import { startChild } from "./child-process.ts";
import type { SenderQuestions } from "./child-senders.ts";
import { atMost, figuresOf, repeated, type Section } from "./section.ts";

/** From the webhook's text to the event that would be stored, hashing included: processor time of one process. */
export const mapSection: Section = async ({ runs, count }) => {
  const child = await startChild<SenderQuestions>("senders");
  const orders = count(8_000, 2_000);
  const ways = [
    ["Tandem: parse, map, normalize, hash", "mapTandem"],
    ["Meta's SDK: JSON.parse, ServerEvent, normalize", "mapSdk"],
    ["floor: JSON.parse and nine SHA-256", "mapFloor"],
  ] as const;
  const rows = [];
  for (const [name, question] of ways) {
    // V8 needs many thousand orders to optimize this code, as in an app that has been running.
    await child.ask(question, count(20_000, 8_000));
    const results = await repeated(runs, () => child.ask(question, orders));
    rows.push({ name, figures: figuresOf(results, ["cpuUsPerOrder"]) });
  }
  await child.end();
  const ours = rows[0]?.figures.cpuUsPerOrder.median ?? Number.NaN;
  return {
    title: "map: one order webhook becomes one event, without the database",
    columns: [{ key: "cpuUsPerOrder", title: "CPU us/order", digits: 1 }],
    rows,
    targets: { "map.cpu": atMost(60, ours, "us of CPU per order") },
    faults: [],
    notes: [],
  };
};
