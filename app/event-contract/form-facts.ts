import { fieldsOf } from "./json.ts";
import { isStorable } from "./storable-text.ts";
import type { FormFacts } from "./wire.ts";

const CAMPAIGN = /^(?:utm_[a-z_]{1,30}|fbclid)$/;
// As in a page's address: mail programs write the reader's own into their links.
const MAIL_ADDRESS = /@|%(?:25)*40/;
const LONGEST_REFERENCE = 200;
const LONGEST_PARAMETER = 500;
const MOST_PARAMETERS = 20;

const isText = (value: unknown, longest: number): value is string =>
  typeof value === "string" && value.length <= longest && isStorable(value);

/** Ignores parameters that are not a campaign's, and those with an email address. Undefined for anything else wrong. */
function campaignOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const fields = fieldsOf(value);
  const named = Object.entries(fields ?? {}).filter(([key]) => CAMPAIGN.test(key));
  const texts = named.filter((entry): entry is [string, string] => isText(entry[1], LONGEST_PARAMETER));
  if (!fields || texts.length < named.length || named.length > MOST_PARAMETERS) return undefined;
  return Object.fromEntries(texts.filter(([, text]) => !MAIL_ADDRESS.test(text)));
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const referenceOf = (value: unknown): string | undefined => {
  if (isAbsent(value)) return "";
  return isText(value, LONGEST_REFERENCE) ? value : undefined;
};

/** What a post says of a form; undefined if it is not of the expected form. */
export function formFacts(value: unknown): FormFacts | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const reference = referenceOf(fields["reference"]);
  const campaign = isAbsent(fields["campaign"]) ? {} : campaignOf(fields["campaign"]);
  if (reference === undefined || campaign === undefined) return undefined;
  return { ...(reference !== "" && { reference }), ...(Object.keys(campaign).length > 0 && { campaign }) };
}
