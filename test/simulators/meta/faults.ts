/** The faults that a Graph request can be given. */
export type FaultKind =
  | { readonly kind: "http500" }
  /** A proxy's page instead of Graph's JSON. */
  | { readonly kind: "html"; readonly status?: number }
  /** The request is read and never answered; nothing is counted. */
  | { readonly kind: "timeout" }
  /** The events are counted, but the answer never arrives. */
  | { readonly kind: "lost-answer" }
  | { readonly kind: "connection-reset" }
  | { readonly kind: "throttled"; readonly regainMinutes?: number }
  | { readonly kind: "token-expired" }
  /** The whole request is refused while this event is in it. */
  | { readonly kind: "refuse-event"; readonly eventId: string; readonly subcode?: number }
  /** 200 with an `events_received` lower than what was sent; all events are counted. */
  | { readonly kind: "short-count"; readonly missing?: number }
  /** Any other error of Graph's. */
  | {
      readonly kind: "error";
      readonly status: number;
      readonly code: number;
      readonly subcode?: number;
      readonly isTransient?: boolean;
      /** Graph quotes what it was sent in some messages, such as "Malformed access token EAAB...". */
      readonly message?: string;
    };

/** A fault of one pixel's requests, or of all. */
export type Fault = FaultKind & { readonly metaPixelId?: string };

export type Faults = {
  /** For one request each, in this order. */
  readonly next: (...faults: Fault[]) => void;
  /** For every request that `next` has no fault for; null ends it. */
  readonly set: (fault: Fault | null) => void;
  readonly clear: () => void;
  /** The fault of the current request; consumed if it came from `next`. */
  readonly take: (metaPixelId: string) => Fault | null;
};

export function createFaults(): Faults {
  let queue: Fault[] = [];
  let standing: Fault | null = null;
  const concerns = (fault: Fault, metaPixelId: string): boolean =>
    fault.metaPixelId === undefined || fault.metaPixelId === metaPixelId;
  return {
    next: (...faults) => void queue.push(...faults),
    set: (fault) => void (standing = fault),
    clear: () => {
      queue = [];
      standing = null;
    },
    take: (metaPixelId) => {
      const first = queue.findIndex((fault) => concerns(fault, metaPixelId));
      if (first >= 0) return queue.splice(first, 1)[0] ?? null;
      return standing && concerns(standing, metaPixelId) ? standing : null;
    },
  };
}
