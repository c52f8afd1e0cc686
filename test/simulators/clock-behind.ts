// node --import ./test/simulators/clock-behind.ts server.ts
// Lets this process live in the past: its clock is as many milliseconds behind as the file named by SIMULATED_CLOCK says
// (simulated-clock.ts). The file may change while the process runs, and is read at each look at the clock: a process
// that remembered it would live in two times while somebody moves it. Timers run at their usual speed. The app under
// test does not know of it.
import { openSync, readSync } from "node:fs";

const name = process.env["SIMULATED_CLOCK"];
if (name === undefined) throw new Error("SIMULATED_CLOCK must name the file with the milliseconds");

const RealDate = Date;
const file = openSync(name, "r");
const behind = new Float64Array(1);

function now(): number {
  readSync(file, behind, 0, behind.byteLength, 0);
  return RealDate.now() - (behind[0] ?? 0);
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget === target ? target : newTarget) as Date,
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver): unknown => (name === "now" ? now : Reflect.get(target, name, receiver)),
});
