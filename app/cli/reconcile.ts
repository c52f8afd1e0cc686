import process from "node:process";
import { runAsProgram } from "./operator-ports.server.ts";

await runAsProgram(["reconcile", ...process.argv.slice(2)]);
