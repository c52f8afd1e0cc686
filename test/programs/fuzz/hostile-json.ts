import fc from "fast-check";
import { hostileText, mutatedText } from "./hostile-text.ts";

const DEEP = [40, 2_000, 20_000];

/** JSON values as texts, among them those that no JavaScript value is written as. */
const rawJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: hostileText.map((text) => JSON.stringify(text)) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ..."null|true|false|0|-0|-1|1|0.5|1e21|1e309|-1e309|1e-400|2147483648|9007199254740993|123456789012345678901".split(
        "|",
      ),
      ...'{}|[]|[null]|[[]]|{"":null}|""|"12.30"|"\\u0000"|"\\ud800"|8640000000000001|99999999999999'.split("|"),
    ),
  },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '{"__proto__":{"polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '[{"__proto__":[]}]',
      '{"length":5}',
      '{"toString":1,"valueOf":1}',
      '{"then":1,"toJSON":1}',
    ),
  },
  { weight: 2, arbitrary: fc.json({ maxDepth: 2 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...DEEP), fc.constantFrom(["[", "]"], ['{"a":', "}"]))
      .map(
        ([depth, [open = "", close = ""]]) => `${open.repeat(depth)}${open === "[" ? "" : "1"}${close.repeat(depth)}`,
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("0", "null", "{}", '"a"', "[]", '"\\u0000"'), fc.integer({ min: 100, max: 2_000 }))
      .map(([item, length]) => `[${Array(length).fill(item).join(",")}]`),
  },
);

type Edit =
  | { readonly kind: "replace"; readonly with: string }
  | { readonly kind: "remove" }
  | { readonly kind: "repeat"; readonly times: number }
  | { readonly kind: "add"; readonly name: string; readonly value: string };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: rawJson.map((text): Edit => ({ kind: "replace", with: text })) },
  { weight: 1, arbitrary: fc.constant<Edit>({ kind: "remove" }) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 300 }).map((times): Edit => ({ kind: "repeat", times })) },
  {
    weight: 1,
    arbitrary: fc.tuple(hostileText, rawJson).map(([name, value]): Edit => ({ kind: "add", name, value })),
  },
);

/** How many values the sample is made of, itself among them. */
const sizeOf = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? Object.values(value).reduce((sum: number, part) => sum + sizeOf(part), 1)
    : 1;

/** Repeated, a value comes to no more: what is slow in a text of megabytes is reading it. */
const LONGEST = 30_000;

/** The sample's text with the edits at the values that they number, in the order in which they are written. */
function writtenWith(sample: unknown, edits: ReadonlyMap<number, Edit>): string {
  let count = 0;
  const write = (value: unknown): readonly string[] => {
    const own = edits.get(count);
    count += 1;
    const text = plain(value, own);
    if (own?.kind === "replace") return [own.with];
    if (own?.kind === "remove") return [];
    if (own?.kind !== "repeat") return [text];
    return Array<string>(Math.max(1, Math.min(own.times, Math.floor(LONGEST / text.length)))).fill(text);
  };
  const plain = (value: unknown, own: Edit | undefined): string => {
    if (Array.isArray(value)) return `[${value.flatMap(write).join(",")}]`;
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const added = own?.kind === "add" ? [`${JSON.stringify(own.name)}:${own.value}`] : [];
    const fields = Object.entries(value).flatMap(([name, part]) =>
      write(part).map((text) => `${JSON.stringify(name)}:${text}`),
    );
    return `{${[...fields, ...added].join(",")}}`;
  };
  return write(sample).join(",");
}

/** A valid sample's text with up to four of its values replaced, taken away, repeated, or given another field. */
function mutatedJson(sample: unknown): fc.Arbitrary<string> {
  const places = sizeOf(sample);
  return fc
    .array(fc.tuple(fc.nat(places - 1), edit), { minLength: 1, maxLength: 4 })
    .map((edits) => writtenWith(sample, new Map(edits)));
}

/** Bodies such as the sample's text: mostly well-formed JSON with strange values, else damaged, or something else. */
export function jsonLike(...samples: readonly [string, ...string[]]): fc.Arbitrary<string> {
  const parsed = samples.map((text) => JSON.parse(text) as unknown);
  const texts = fc.oneof(
    { weight: 10, arbitrary: fc.oneof(...parsed.map(mutatedJson)) },
    { weight: 3, arbitrary: mutatedText(...samples) },
    { weight: 1, arbitrary: rawJson },
    { weight: 1, arbitrary: hostileText },
  );
  return texts.map(asDecoded);
}

/** As it comes out of UTF-8, which holds no half of a surrogate pair; the escape for one may still stand in it. */
const asDecoded = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

/** The same as values: what somebody else has parsed already. Text that is no JSON gives null. */
export const valueLike = (...samples: readonly [string, ...string[]]): fc.Arbitrary<unknown> =>
  jsonLike(...samples).map((text) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return null;
    }
  });
