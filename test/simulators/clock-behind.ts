// node --import ./test/simulators/clock-behind.ts server.ts
// Lets this process live in the past: its clock is as many milliseconds behind as the file named by SIMULATED_CLOCK says.
// The file may change while the process runs. Timers run at their usual speed. The app under test does not know of it.
import { readFileSync } from "node:fs";

const file = process.env["SIMULATED_CLOCK"];
if (file === undefined) throw new Error("SIMULATED_CLOCK must name the file with the milliseconds");

// A program asks for the time far more often than anybody moves it.
const READ_AGAIN_MS = 5;

const RealDate = Date;
let behind = Number(readFileSync(file, "utf8"));
let readAt = performance.now();

function now(): number {
  if (performance.now() - readAt > READ_AGAIN_MS) {
    behind = Number(readFileSync(file ?? "", "utf8"));
    readAt = performance.now();
  }
  return RealDate.now() - behind;
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget === target ? target : newTarget) as Date,
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver): unknown => (name === "now" ? now : Reflect.get(target, name, receiver)),
});
