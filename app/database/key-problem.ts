import type { KeyTrouble, SealedCounts } from "./key-rotation.server.ts";

/** The keys do not open the stored values; the message says what to do. */
export class KeyProblem extends Error {
  override readonly name = "KeyProblem";
}

export const countsInWords = (counts: SealedCounts): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ") || "nothing";

/** One sentence per problem. It may be public: key IDs are part of the stored values, and it contains no secret. */
export const troubleInWords = ({ key, what, counts }: KeyTrouble): string =>
  what === "missing"
    ? `TANDEM_ENCRYPTION_KEYS does not list the key "${key}", which is still in use (${countsInWords(counts)})`
    : `TANDEM_ENCRYPTION_KEYS has other bytes for the key "${key}" than those that sealed what is stored (${countsInWords(counts)})`;

export const keyProblem = (troubles: readonly KeyTrouble[]): KeyProblem =>
  new KeyProblem(troubles.map((trouble) => `${troubleInWords(trouble)}. ${adviceFor(trouble)}`).join("\n"));

const adviceFor = ({ key, what }: KeyTrouble): string =>
  `${
    what === "missing"
      ? "Add it again behind the current key, and run npm run rotate-keys before you remove it. "
      : "Put the right bytes back; a new key needs an id of its own, in front of the old one. "
  }If the key is lost for good, npm run rotate-keys -- --discard ${key} deletes what only it can open: those pixels ` +
  `then need a new token, and those shops sign in again when their merchant opens the app.`;
