import { Transform } from "node:stream";

/**
 * The page as React writes it, without the null bytes that a browser shows as "�". React 18 sends its buffer of 2,048
 * bytes whole, also where a character of several bytes no longer fitted at its end (facebook/react#24985; repaired by
 * #26228, which is in React 19 only). HTML itself has no such byte.
 */
export const withoutNullBytes = (): Transform =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) =>
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk),
  });
