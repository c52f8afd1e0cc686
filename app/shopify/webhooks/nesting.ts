/**
 * Shopify's payloads nest about ten levels deep. `JSON.parse` handles far deeper nesting than code that prints or walks
 * the result recursively.
 */
const DEEPEST = 1_000;

/**
 * Whether a JSON text nests deeper than the limit. A text with fewer brackets cannot, so nearly every order only costs
 * the count: 0.5 µs for 3 kB, compared with 5 for the walk and 8.5 for `JSON.parse` (Node 24).
 */
export const isTooDeep = (json: string): boolean => hasManyBrackets(json) && isDeeperThan(DEEPEST, json);

export const TOO_DEEP = `the payload nests more than ${DEEPEST} levels deep`;

function hasManyBrackets(json: string): boolean {
  let count = 0;
  for (const bracket of ["{", "["]) {
    for (let at = json.indexOf(bracket); at !== -1; at = json.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > DEEPEST) return true;
    }
  }
  return false;
}

const codesOf = (signs: string): ReadonlySet<number> => new Set([...signs].map((sign) => sign.charCodeAt(0)));

const [QUOTE, BACKSLASH] = [34, 92];
const OPENING = codesOf("{[");
const CLOSING = codesOf("}]");

function isDeeperThan(most: number, json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length && depth <= most; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfText(json, at);
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) depth -= 1;
  }
  return depth > most;
}

/** The end of the string that begins at `from`; brackets within it do not count. */
function endOfText(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
