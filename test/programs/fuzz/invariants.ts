import { isDeepStrictEqual } from "node:util";
import { isStorable } from "../../../app/event-contract/storable-text.ts";

export function expectThat(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new Error(`broken promise: ${promise}`);
}

export function expectSame(one: unknown, other: unknown, promise: string): void {
  expectThat(isDeepStrictEqual(one, other), `${promise}: ${JSON.stringify(one)} is not ${JSON.stringify(other)}`);
}

/** Everything in it can be stored as JSON: texts that PostgreSQL takes, finite numbers, dates that exist, no cycles. */
export function expectStorable(value: unknown, path = "it"): void {
  switch (typeof value) {
    case "string":
      return expectThat(isStorable(value), `${path} is text that the database holds`);
    case "number":
      return expectThat(Number.isFinite(value), `${path} is a finite number`);
    case "function":
    case "symbol":
      return expectThat(false, `${path} is data, not ${typeof value}`);
    case "object":
      return expectStorableObject(value, path);
    case "bigint":
    case "boolean":
    case "undefined":
  }
}

function expectStorableObject(value: object | null, path: string): void {
  if (value === null) return;
  if (value instanceof Date) return expectThat(!Number.isNaN(value.getTime()), `${path} is a date that exists`);
  if (value instanceof Map) return expectStorable([...value], path);
  const prototype: unknown = Object.getPrototypeOf(value);
  expectThat(
    prototype === Object.prototype || prototype === Array.prototype || prototype === null,
    `${path} has no foreign prototype`,
  );
  for (const [name, part] of Object.entries(value)) {
    expectThat(isStorable(name), `${path} has names that the database holds`);
    expectStorable(part, `${path}.${name}`);
  }
}

const SHARED: readonly (readonly [string, object])[] = Object.entries({
  "Object.prototype": Object.prototype,
  "Array.prototype": Array.prototype,
  "String.prototype": String.prototype,
  "Function.prototype": Function.prototype,
});
const OWN = new Map(SHARED.map(([name, shared]) => [name, Reflect.ownKeys(shared).length]));

/** No input may change what all objects share. */
export function expectUnpolluted(): void {
  for (const [name, shared] of SHARED) {
    expectThat(Reflect.ownKeys(shared).length === OWN.get(name), `${name} stays as it is`);
  }
}
