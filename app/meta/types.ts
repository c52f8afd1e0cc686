/** A failure as Meta reports it, without the localized texts. */
export type MetaProblem = {
  readonly httpStatus: number | null;
  readonly code: number | null;
  readonly subcode: number | null;
  readonly traceId: string | null;
  /** For the merchant: what happened and what to do. */
  readonly advice: string;
};

/**
 * Whether one event among many may cause an answer that usually means an outage: then the others need not wait for it.
 * `after-a-while`: most such answers are outages, so only once they have lasted.
 */
export type Isolation = "at-once" | "after-a-while";

/** Who must act next. */
export type Verdict =
  | { readonly kind: "accepted"; readonly traceId: string | null }
  | {
      readonly kind: "try-later";
      readonly problem: MetaProblem;
      /** Meta's regain time, in milliseconds from its answer. */
      readonly notBeforeMs: number | null;
      /** How often an event may be sent before it expires; absent if only its age ends it. */
      readonly maxAttempts?: number;
      /** Absent if the answer cannot be about an event. */
      readonly isolate?: Isolation;
    }
  | { readonly kind: "refused"; readonly problem: MetaProblem }
  | { readonly kind: "blocked"; readonly problem: MetaProblem };

/**
 * `valid`: Meta knows the pixel and the token may send to it. `unreachable`: Meta did not answer. `unclear`: its answer
 * does not confirm the pair. The last two do not prevent saving.
 */
export type CredentialCheck = {
  readonly kind: "valid" | "token-invalid" | "pixel-unknown" | "unreachable" | "unclear";
  /** For the merchant: what it means, and where to get the right value. */
  readonly advice: string;
};
