import { parseArgs } from "node:util";
import { META_HOSTS, startMetaSimulator } from "./start-meta-simulator.ts";

const HELP = `Usage: node test/simulators/meta/start.ts [--port 4100] [--dataset PIXEL_ID:TOKEN]...

Starts the stand-in for Meta on 127.0.0.1 and prints its addresses. Without --dataset it knows no pixel;
POST {"metaPixelId": "...", "token": "..."} to /simulator/datasets adds one later.`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4100" },
    dataset: { type: "string", multiple: true, default: [] },
    help: { type: "boolean" },
  },
});

if (values.help) {
  process.stdout.write(`${HELP}\n`);
} else {
  const simulator = await startMetaSimulator({ port: Number(values.port) });
  for (const dataset of values.dataset) {
    const colon = dataset.indexOf(":");
    simulator.addDataset({ metaPixelId: dataset.slice(0, colon), token: dataset.slice(colon + 1) });
  }
  process.stdout.write(
    [
      `Events Manager (simulator)  ${simulator.httpUrl}/`,
      `What arrived, as JSON       ${simulator.httpUrl}/simulator/events`,
      `For META_GRAPH_URL          ${simulator.httpUrl}`,
      `Answers for                 ${META_HOSTS.join(", ")}`,
      "",
    ].join("\n"),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
}
