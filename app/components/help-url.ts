/** The questions of the Help page in its order; each is an anchor on it. */
export const HELP_QUESTIONS = [
  "numbers",
  "not-sent",
  "match-quality",
  "twice",
  "test-code",
  "consent",
  "token",
  "blockers",
  "events-manager",
  "ads",
] as const;

export type HelpQuestion = (typeof HELP_QUESTIONS)[number];

/** The Help page at a question. */
export const helpUrl = (question: HelpQuestion): string => `/app/help#${question}`;
