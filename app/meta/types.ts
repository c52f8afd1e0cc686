/** Meta's own words about a failure, without the localized texts. */
export type MetaProblem = {
  readonly httpStatus: number | null;
  readonly code: number | null;
  readonly subcode: number | null;
  readonly traceId: string | null;
  /** For the merchant: what happened and what to do. */
  readonly advice: string;
};

/**
 * Whether one event among many may be the cause of an answer that otherwise speaks of Meta: then the others need not
 * wait for it. `after-a-while`: most such answers are outages, so only once they have lasted.
 */
export type Isolation = "at-once" | "after-a-while";

/** Who must act next. */
export type Verdict =
  | { readonly kind: "accepted"; readonly traceId: string | null }
  | {
      readonly kind: "try-later";
      readonly problem: MetaProblem;
      /** What Meta asked for, in milliseconds from its answer. */
      readonly notBeforeMs: number | null;
      /** How often an event may be sent before it is given up; absent where only its age ends it. */
      readonly maxAttempts?: number;
      /** Absent where the answer cannot be about an event. */
      readonly isolate?: Isolation;
    }
  | { readonly kind: "refused"; readonly problem: MetaProblem }
  | { readonly kind: "blocked"; readonly problem: MetaProblem };

/**
 * `valid`: Meta knows the pixel and the token may send to it. `unreachable`: Meta gave no answer of its own.
 * `unclear`: it gave one that says nothing about the pair. Neither of the last two is a reason not to save.
 */
export type CredentialCheck = {
  readonly kind: "valid" | "token-invalid" | "pixel-unknown" | "unreachable" | "unclear";
  /** For the merchant: what it means and where to find the right value. */
  readonly advice: string;
};
