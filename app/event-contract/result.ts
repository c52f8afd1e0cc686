/** What reading something gives: its value, or what is wrong with it. */
export type Result<Value, Failure extends object> =
  { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & Failure);
