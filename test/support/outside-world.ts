import { once } from "node:events";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { aDataFolder } from "../simulators/app-process.ts";
import { bodyOf } from "../simulators/https-server.ts";

export type OutsideWorld = {
  readonly url: string;
  /** A program in sendmail's place. */
  readonly sendmail: string;
  /** What sendmail was started with and given; empty before the first email. */
  readonly mails: () => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Whoever else the app talks to, for alerts and traces: `received` gets every post whole. */
export async function anOutsideWorld(received: (path: string, text: string) => void): Promise<OutsideWorld> {
  const receiver = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      received(request.url ?? "", `${JSON.stringify(request.headers)}\n${body.toString("utf8")}`);
      response.setHeader("content-type", "application/json").end("{}");
    });
  });
  await once(receiver.listen(0, "127.0.0.1"), "listening");
  // Not in the app's data folder, whose files it makes unexecutable.
  const folder = await aDataFolder();
  const [sendmail, sent] = [path.join(folder.path, "sendmail"), path.join(folder.path, "sent")];
  await writeFile(sendmail, `#!/bin/sh\necho "$@" >> "${sent}"\ncat >> "${sent}"\n`);
  await chmod(sendmail, 0o700);
  return {
    // A listening TCP server has an address with a port.
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    sendmail,
    mails: () => readFile(sent, "utf8").catch(() => ""),
    close: async () => {
      receiver.close();
      await folder.remove();
    },
  };
}
