import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { simulatorCertificate } from "./certificate.ts";

export type SimulatorServer = {
  /** The one TCP port; it answers both `http://` and `https://`. */
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly httpUrl: string;
  /** `https://127.0.0.1:PORT`. */
  readonly httpsUrl: string;
  /** Stops listening and cuts every open connection. */
  readonly close: () => Promise<void>;
};

const TLS_HANDSHAKE = 0x16;

/**
 * Listens on 127.0.0.1 (port 0 or none: any free one) and speaks HTTP and HTTPS on the same port: the first byte of a
 * TLS connection is always a handshake record. Browsers reach it by true host names, servers by its plain address.
 */
export async function startHttpsServer(options: {
  listener: RequestListener;
  port?: number;
}): Promise<SimulatorServer> {
  const { key, cert } = await simulatorCertificate();
  const plain = createHttpServer(options.listener);
  const secure = createHttpsServer({ key, cert }, options.listener);
  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Browsers drop connections at will; that is not a failure of the simulator.
    socket.on("error", () => socket.destroy());
    socket.once("data", (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? secure : plain).emit("connection", socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((listening, failed) => {
    tcp.once("error", failed);
    tcp.listen(options.port ?? 0, "127.0.0.1", listening);
  });
  // A TCP server that listens has an address with a port; only pipes have a string.
  const { port } = tcp.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((closed) => {
      tcp.close(() => closed());
      for (const socket of sockets) socket.destroy();
    });
  return { port, httpUrl: `http://127.0.0.1:${port}`, httpsUrl: `https://127.0.0.1:${port}`, close };
}

/** The host a request was meant for, lower case and without the port. */
export const hostOf = (request: IncomingMessage): string =>
  (request.headers.host ?? "").toLowerCase().replace(/:\d+$/, "");

/** The whole body; more than `limitBytes` is answered by a rejection that names the limit. */
export async function bodyOf(request: IncomingMessage, limitBytes = 10_000_000): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    // An IncomingMessage without setEncoding yields Buffers only.
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > limitBytes) throw new Error(`request body larger than ${limitBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
