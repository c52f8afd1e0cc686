/** PostgreSQL refused a value in the entry. Every retry would fail too, so the sender must not resend it. */
export class NotStorable extends Error {
  override readonly name = "NotStorable";
  /** Of class 22 ("data exception"). */
  readonly sqlState: string;

  constructor(sqlState: string, cause: unknown) {
    super(`PostgreSQL refused a value of the entry (SQLSTATE ${sqlState})`, { cause });
    this.sqlState = sqlState;
  }
}
