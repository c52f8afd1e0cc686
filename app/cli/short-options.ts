const LONGEST_GROUP = 50;

/**
 * Throws for a long group of one-letter options, which no command has. `parseArgs` splits a group letter by letter and
 * copies the rest each time: 20,000 letters take a second (Node 24), during which a running app answers no request.
 */
export function refuseLongGroups(argv: readonly string[]): void {
  const group = argv.find((word) => word.length > LONGEST_GROUP && /^-(?!-)/.test(word));
  if (group !== undefined) throw new TypeError(`Unknown option '${group.slice(0, LONGEST_GROUP)}…'`);
}
