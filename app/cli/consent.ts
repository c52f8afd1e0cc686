import process from "node:process";
import { runAsProgram } from "./operator-ports.server.ts";

await runAsProgram(["consent", ...process.argv.slice(2)]);
