import type { OrderId } from "../event-contract/event-id.ts";
import type { Role } from "./roles.ts";
import type { Subject } from "./subjects.ts";

/**
 * Who did something, as it is stored: `shopify-user 42`, `operator` (the command line), or the app itself, which starts
 * with `tandem`.
 */
export type Actor = string;

/** Somebody who opened the app. Shopify gives a user ID, and a name only with scopes that this app does not need. */
export type StaffMember = {
  readonly userId: string;
  readonly role: Role;
  readonly firstSeenAt: Date;
  readonly roleSetAt: Date;
  readonly roleSetBy: Actor;
};

/** `quarantined`: an unreadable payload, opened by an operator. */
export type SeenKind = "events" | "event" | "leads" | "lead" | "dry-run" | "export" | "quarantined";

/** What somebody saw. */
export type Seen = { readonly kind: SeenKind; readonly subject: Subject | null };

export type AccessRecord = {
  readonly at: Date;
  readonly by: Actor;
  readonly kind: SeenKind;
  /** As it was stored, by this version or an earlier one: `readSubject` reads it. */
  readonly subject: string | null;
};

/**
 * What the app has of the things that records are about, by their stored subjects. Missing: it is not there any more, or
 * has no page and no name of its own.
 */
export type SubjectFacts = Readonly<Record<string, SubjectFact>>;

export type SubjectFact =
  /** Of an order, and of an order's event: #1001, or null where only its ID is known. */
  | { readonly kind: "order"; readonly orderId: OrderId; readonly orderName: string | null }
  /** An event that is no order's, and a lead that has no name of its merchant's. */
  | { readonly kind: "here" }
  /** What the merchant calls it. */
  | { readonly kind: "named"; readonly name: string };

/** Fields of what was changed, without secrets. */
export type Facts = Readonly<Record<string, unknown>>;

export type ChangeAction =
  | "connected"
  | "token-replaced"
  | "connected-again"
  | "test-code-removed"
  | "paused"
  | "resumed"
  | "limited"
  | "disconnected"
  | "blocked"
  | "unblocked"
  | "role-set"
  | "made"
  | "rotated"
  | "revoked"
  | "mapped"
  | "stage-reported"
  | "imported"
  | "erased"
  | "settings-saved"
  | "sent-again";

/** One change. `before` is null for what did not exist, `after` for what was removed. */
export type Change = {
  readonly at: Date;
  readonly by: Actor;
  /** As it was stored, by this version or an earlier one: `readSubject` reads it. */
  readonly subject: string;
  readonly action: ChangeAction;
  readonly before: Facts | null;
  readonly after: Facts | null;
};

/** A change that has just been made. */
export type NewChange = Omit<Change, "at" | "subject"> & { readonly subject: Subject };
