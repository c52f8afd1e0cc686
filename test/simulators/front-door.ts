import { connect, createServer, type Socket } from "node:net";

export type FrontDoor = { readonly port: number; readonly close: () => Promise<void> };

/** A minimal load balancer: each connection goes to the next process that accepts it. */
export async function openFrontDoor(ports: readonly number[]): Promise<FrontDoor> {
  let turn = 0;
  const open = new Set<Socket>();
  const pass = (visitor: Socket, tries: number): void => {
    const port = ports[turn++ % ports.length];
    if (port === undefined || tries === 0) return void visitor.destroy();
    const process = connect(port, "127.0.0.1");
    process.once("error", () =>
      process.pending || visitor.bytesRead === 0 ? pass(visitor, tries - 1) : visitor.destroy(),
    );
    process.once("connect", () => {
      open.add(process);
      process.once("close", () => {
        open.delete(process);
        visitor.destroy();
      });
      visitor.once("close", () => process.destroy());
      visitor.pipe(process).pipe(visitor);
    });
  };
  const server = createServer((visitor) => {
    open.add(visitor);
    visitor.once("close", () => open.delete(visitor));
    visitor.on("error", () => visitor.destroy());
    pass(visitor, ports.length);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the front door has no port");
  return {
    port: address.port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
