import fc from "fast-check";
import type { FuzzedParser } from "./parser.ts";

/** A parser that answers at once. */
export const fuzzed = <Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => void,
): FuzzedParser => ({
  name,
  cases: {
    kind: "sync",
    property: (observe) => fc.property(inputs, (input) => observe(input, () => check(input))),
  },
});

/** A parser whose answer comes later. */
export const fuzzedAsync = <Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => Promise<void>,
): FuzzedParser => ({
  name,
  cases: {
    kind: "async",
    property: (observe) => fc.asyncProperty(inputs, (input) => observe(input, () => check(input))),
  },
});
