import type { catalogue } from "./en/catalogue.ts";

/** English: its keys and placeholders are those of every language. */
type English = typeof catalogue;
export type Topic = keyof English;

/** What a topic's file has in another language: every key of the English one, and no other. */
export type Translated<Name extends Topic> = Readonly<Record<keyof English[Name], string>>;
export type Translation = { readonly [Name in Topic]: Translated<Name> };

/** `topic.key`, such as `frame.save`. */
export type TextKey = { [Name in Topic]: `${Name}.${keyof English[Name] & string}` }[Topic];

/** The English message of a key; for several keys, those of all of them. */
export type MessageOf<Key extends TextKey> = Key extends `${infer Name extends Topic}.${infer Rest}`
  ? English[Name][Rest & keyof English[Name]] & string
  : never;
