import fc from "fast-check";

/** Texts that parsers have stumbled over: what no database holds, names of built-in properties, edges of numbers. */
const ODD: readonly string[] = [
  ..."\0|a\0b|\ud800|\udfff\ud800|a\ud83d|💥|\u202eabc|\u200b|\ufeff|e\u0301|İ|ß|ﬁ|Ⅷ|١٢٣|12３".split("|"),
  ..."__proto__|constructor|prototype|toString|hasOwnProperty|valueOf|length|then|toJSON".split("|"),
  ..."0|-0|-1|00|1e309|1e-7|NaN|Infinity|9007199254740993|99999999999999999999999999|0x10|1_000|1.|.5|12.345".split(
    "|",
  ),
  ..."null|undefined|true|[object Object]|{}|[]|%00|%|%zz|%E0%A4%A|../../etc|<script>|'\"`|=1+1|@x".split("|"),
  ..."2026-02-30T00:00:00Z|+275760-09-13T00:00:00Z|+275760-09-13T00:00:01Z|0000-00-00|1969-12-31T23:59:59Z".split("|"),
  ..."::1|::ffff:1.2.3.4|[::1]:443|1.2.3.4:99999|999.1.1.1|1.2.3.4/99|fe80::1%eth0|:::|0.0.0.0/0".split("|"),
  ..."gid://shopify/Order/1|gid://shopify/Order/|gid://shopify/Customer/9|http://|https://a@b:c/d?e#f|//x".split("|"),
  ...'US|us|XK|ZZ|EUR|JPY|KWD|eur|+4930123456|0049 30 123456|ada@example.com|a@b|"a b"@example.com|n/a'.split("|"),
  "",
  " ",
  "\n",
  "\r\n",
  "\t",
  "\u2028",
];

// What patterns look at again and again when it is repeated.
const REPEATED = [
  ..." a1.-_@:/;,&=[]{}()%+\"'\\\n\0",
  "a ",
  "a.",
  "a@",
  "-a",
  "%40",
  "[]",
  "..",
  "/a",
  "💥",
  "é",
  "\ud800",
  "#a",
];

/** Every character there is. Not fast-check's `unit: "binary"`, which makes a table of all of them: seconds per process. */
const characters = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff })), { maxLength: 12 })
  .map((codes) => String.fromCodePoint(...codes));
/** UTF-16 as it comes, halves of pairs among it. */
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes));
const repeated = fc
  .tuple(
    fc.constantFrom(...REPEATED),
    fc.oneof({ weight: 6, arbitrary: fc.nat(300) }, { weight: 1, arbitrary: fc.nat(20_000) }),
  )
  .map(([piece, times]) => piece.repeat(times));

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...ODD) },
  { weight: 3, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 2, arbitrary: characters },
  { weight: 1, arbitrary: units },
  { weight: 1, arbitrary: repeated },
);

/** Any text that a stranger, a merchant or another program may send. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: piece },
  { weight: 2, arbitrary: fc.tuple(piece, piece).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.tuple(piece, repeated, piece).map((parts) => parts.join("")) },
);

const place = fc.integer({ min: 0, max: 1_000_000 });
type Change = (text: string) => string;

const at = (text: string, where: number): number => Math.floor((where / 1_000_001) * (text.length + 1));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, hostileText).map(
    ([where, added]): Change =>
      (text) =>
        text.slice(0, at(text, where)) + added + text.slice(at(text, where)),
  ),
  fc.tuple(place, fc.nat(20)).map(
    ([where, length]): Change =>
      (text) =>
        text.slice(0, at(text, where)) + text.slice(at(text, where) + length),
  ),
  fc.tuple(place, fc.nat(0xffff)).map(
    ([where, code]): Change =>
      (text) =>
        text.slice(0, at(text, where)) + String.fromCharCode(code) + text.slice(at(text, where) + 1),
  ),
  place.map(
    (where): Change =>
      (text) =>
        text.slice(0, at(text, where)),
  ),
  fc.tuple(place, fc.nat(30), fc.integer({ min: 2, max: 40 })).map(
    ([where, length, times]): Change =>
      (text) =>
        text.slice(0, at(text, where)) +
        text.slice(at(text, where), at(text, where) + length).repeat(times) +
        text.slice(at(text, where)),
  ),
);

/** A valid sample with up to four changes: characters added, taken away, replaced, repeated, or cut off. */
export const mutatedText = (...samples: readonly [string, ...string[]]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: 4 }))
    .map(([sample, changes]) => changes.reduce((text, apply) => apply(text), sample));

/** A changed sample most of the time, anything else now and then. */
export const textLike = (...samples: readonly [string, ...string[]]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: mutatedText(...samples) }, { weight: 1, arbitrary: hostileText });
