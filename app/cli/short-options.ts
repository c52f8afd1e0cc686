const LONGEST_GROUP = 50;

/**
 * Throws for a long group of one-letter options, of which no command has any. `parseArgs` takes a group apart letter by
 * letter and copies the rest each time: a second for 20,000 letters (Node 24), in which a running app answers nobody.
 */
export function refuseLongGroups(argv: readonly string[]): void {
  const group = argv.find((word) => word.length > LONGEST_GROUP && /^-(?!-)/.test(word));
  if (group !== undefined) throw new TypeError(`Unknown option '${group.slice(0, LONGEST_GROUP)}…'`);
}
