export const LONG_RUNNING: readonly string[];
