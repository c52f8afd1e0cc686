/** PostgreSQL refused a value that the entry holds: the same entry is refused every time, so it must not come again. */
export class NotStorable extends Error {
  override readonly name = "NotStorable";
  /** Of class 22, "data exception". */
  readonly sqlState: string;

  constructor(sqlState: string, cause: unknown) {
    super(`PostgreSQL refused a value of the entry (SQLSTATE ${sqlState})`, { cause });
    this.sqlState = sqlState;
  }
}
