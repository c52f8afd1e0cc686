import type { Role } from "./roles.ts";

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

/** What somebody saw. The subject names an event or a file, never a customer. */
export type Seen = { readonly kind: SeenKind; readonly subject: string | null };

export type AccessRecord = Seen & { readonly at: Date; readonly by: Actor };

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
  /**
   * `pixel 123`, `staff 42`, `settings, version 3`, `API key HubSpot`, `CRM address HubSpot`, `lead 123`, `leads from a file`,
   * `Purchase purchase.shop.1`.
   */
  readonly subject: string;
  readonly action: ChangeAction;
  readonly before: Facts | null;
  readonly after: Facts | null;
};
