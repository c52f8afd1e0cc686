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

/**
 * Leaves out what is not a campaign's, too long, or has an email address: whoever writes a link writes these parameters, and
 * no lead is lost to one.
 */
function campaignOf(value: unknown): Readonly<Record<string, string>> {
  const named = Object.entries(fieldsOf(value) ?? {}).filter(
    (entry): entry is [string, string] => CAMPAIGN.test(entry[0]) && isText(entry[1], LONGEST_PARAMETER),
  );
  return Object.fromEntries(named.filter(([, text]) => !MAIL_ADDRESS.test(text)).slice(0, MOST_PARAMETERS));
}

/** What a post says of a form, as far as it can be kept; undefined if it is not of the expected form. */
export function formFacts(value: unknown): FormFacts | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const { reference } = fields;
  const campaign = campaignOf(fields["campaign"]);
  return {
    ...(isText(reference, LONGEST_REFERENCE) && reference !== "" && { reference }),
    ...(Object.keys(campaign).length > 0 && { campaign }),
  };
}
