/** The result of reading something: its value, or the failure. */
export type Result<Value, Failure extends object> =
  { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & Failure);
