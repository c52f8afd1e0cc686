/*
 * What a text needs to be complete, read from its ICU message by the compiler. `{name}` takes text or a number;
 * `{count, plural, …}`, `{count, selectordinal, …}` and `{count, number}` take a number; `{at, date}` and `{at, time}` a
 * date; `{kind, select, …}` text. Apostrophes that quote braces are refused by test/unit/catalogue.test.ts.
 */

/** A text or a number, for `{name}`. */
export type Plain = string | number;

type Of = { readonly [Name in string]: readonly [Name, unknown] }[string];
type KindOf<Kind extends string> = Kind extends "plural" | "selectordinal" | "number"
  ? number
  : Kind extends "date" | "time"
    ? Date
    : string;
type Branching = "plural" | "selectordinal" | "select";

// The message is read from brace to brace. Inside is what the braces that are still open hold: `text` may have
// placeholders, `branches` has the texts of a plural's or a select's cases.
type Read<
  Message extends string,
  Inside extends readonly ("text" | "branches")[],
  Read_ extends Of,
> = Message extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? Close<Message, Inside, Read_>
    : Open<After, Inside, Read_>
  : Read_;

type Close<
  Message extends string,
  Inside extends readonly ("text" | "branches")[],
  Read_ extends Of,
> = Message extends `${string}}${infer After}`
  ? Inside extends readonly [unknown, ...infer Outside extends readonly ("text" | "branches")[]]
    ? Read<After, Outside, Read_>
    : Read_
  : Read_;

type Open<
  After extends string,
  Inside extends readonly ("text" | "branches")[],
  Read_ extends Of,
> = Inside extends readonly ["branches", ...unknown[]]
  ? Read<After, ["text", ...Inside], Read_>
  : After extends `${infer Name}, ${infer Kind extends Branching}, ${infer Branches}`
    ? Name extends `${string}}${string}`
      ? Simple<After, Inside, Read_>
      : Read<Branches, ["branches", ...Inside], Read_ | readonly [Name, KindOf<Kind>]>
    : Simple<After, Inside, Read_>;

type Simple<
  After extends string,
  Inside extends readonly ("text" | "branches")[],
  Read_ extends Of,
> = After extends `${infer Argument}}${infer Rest}`
  ? Argument extends `${infer Name}, ${infer Kind}, ${string}`
    ? Read<Rest, Inside, Read_ | readonly [Name, KindOf<Kind>]>
    : Argument extends `${infer Name}, ${infer Kind}`
      ? Read<Rest, Inside, Read_ | readonly [Name, KindOf<Kind>]>
      : Read<Rest, Inside, Read_ | readonly [Argument, Plain]>
  : Read_;

type Pairs<Message extends string> = Message extends string ? Read<Message, ["text"], never> : never;

/** The values that a message needs, by name. */
export type Values<Message extends string> = {
  readonly [Pair in Pairs<Message> as Pair[0]]: Pair[1];
};
