/**
 * The sealed columns and the purpose of each value; the purpose binds a value to its row. All code that seals or opens
 * takes the purpose from here, so that a key rotation covers every value.
 */
export const pixelTokenPurpose = (shop: string, metaPixelId: string): readonly string[] => [
  "destination-token",
  shop,
  metaPixelId,
];

export const sessionTokenPurpose = (sessionId: string, field: "access" | "refresh"): readonly string[] => [
  "session",
  sessionId,
  field,
];

export const dataRequestPurpose = (shop: string, requestId: string): readonly string[] => [
  "data-request",
  shop,
  requestId,
];

export const hookSecretPurpose = (shop: string, hookId: string, which: "current" | "former"): readonly string[] => [
  "hook-secret",
  shop,
  hookId,
  which,
];

export const TOMBSTONE_KEY_PURPOSE: readonly string[] = ["tombstone-key"];

const NO_FURTHER_PURPOSE: readonly string[] = [];

export type SealedColumn = {
  /** The name shown to the operator. */
  readonly name:
    | "pixel tokens"
    | "access tokens"
    | "refresh tokens"
    | "quarantined payloads"
    | "data requests"
    | "secrets of CRM webhooks"
    | "former secrets of CRM webhooks"
    | "keys of erasures";
  /** Table, column and type of the row's ID, as SQL. */
  readonly table: string;
  readonly column: string;
  readonly idType: "uuid" | "text" | "bigint" | "integer";
  /** SQL for the row's part of the purpose, an array of text. */
  readonly parts: string;
  readonly purpose: (parts: readonly string[]) => readonly string[];
  /** Rows resealed per statement: a payload may be a megabyte. */
  readonly batch: number;
  /** How to discard a value that can no longer be opened. */
  readonly discard: "delete" | "null";
};

const first = ([part = ""]: readonly string[]): string => part;

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    name: "pixel tokens",
    table: "destination",
    column: "sealed_token",
    idType: "uuid",
    parts: "array[shop, pixel_id]",
    purpose: ([shop = "", metaPixelId = ""]) => pixelTokenPurpose(shop, metaPixelId),
    batch: 200,
    discard: "null",
  },
  {
    name: "access tokens",
    table: "session",
    column: '"accessToken"',
    idType: "text",
    parts: "array[id]",
    purpose: (parts) => sessionTokenPurpose(first(parts), "access"),
    batch: 200,
    discard: "delete",
  },
  {
    name: "refresh tokens",
    table: "session",
    column: '"refreshToken"',
    idType: "text",
    parts: "array[id]",
    purpose: (parts) => sessionTokenPurpose(first(parts), "refresh"),
    batch: 200,
    discard: "delete",
  },
  {
    name: "quarantined payloads",
    table: "quarantine",
    column: "sealed_body",
    idType: "bigint",
    parts: "array[]::text[]",
    purpose: () => NO_FURTHER_PURPOSE,
    batch: 10,
    discard: "delete",
  },
  {
    name: "data requests",
    table: "data_request",
    column: "sealed_content",
    idType: "bigint",
    parts: "array[shop, request_id]",
    purpose: ([shop = "", requestId = ""]) => dataRequestPurpose(shop, requestId),
    batch: 5,
    discard: "delete",
  },
  {
    name: "secrets of CRM webhooks",
    table: "crm_hook",
    column: "sealed_secret",
    idType: "text",
    parts: "array[shop, id]",
    purpose: ([shop = "", hookId = ""]) => hookSecretPurpose(shop, hookId, "current"),
    batch: 200,
    discard: "null",
  },
  {
    name: "former secrets of CRM webhooks",
    table: "crm_hook",
    column: "sealed_former_secret",
    idType: "text",
    parts: "array[shop, id]",
    purpose: ([shop = "", hookId = ""]) => hookSecretPurpose(shop, hookId, "former"),
    batch: 200,
    discard: "null",
  },
  {
    name: "keys of erasures",
    table: "tombstone_key",
    column: "sealed_key",
    idType: "integer",
    parts: "array[]::text[]",
    purpose: () => TOMBSTONE_KEY_PURPOSE,
    batch: 1,
    // Without the key, existing digests are useless; the next start creates a new key.
    discard: "delete",
  },
];
