import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from "undici";

export type ShopifyCall = {
  readonly path: string;
  readonly host: string;
  readonly body: Record<string, unknown>;
  readonly token: string;
};

export type TokenEndpoint = {
  readonly calls: readonly ShopifyCall[];
  /** Calls for a token, by exchange or by refresh. */
  readonly grants: () => readonly ShopifyCall[];
  /** Answer everything with this status; null answers properly. */
  failWith(status: number | null): void;
  /** Refuses every refresh token, as after an uninstallation (RFC 6749, 5.2), or refuses the app itself. */
  refuseRefresh(error: "invalid_grant" | "invalid_client"): void;
  /** Keeps the next token back until the returned function is called. */
  holdToken(): () => void;
  /** GraphQL refuses this access token. */
  forget(accessToken: string): void;
  reset(): void;
  close(): Promise<void>;
};

type Answer = { readonly status: number; readonly body: unknown };

/**
 * Stands in for Shopify over real HTTP: every request from this process to a shop arrives here, and a call to any other host
 * fails. Issues numbered tokens and accepts each refresh token once.
 */
export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  let calls: ShopifyCall[] = [];
  let spent = new Set<unknown>();
  let granted = 0;
  let failure: number | null = null;
  let forgotten: string | null = null;
  let refreshRefusal: string | null = null;
  let nextWait = aWhile;

  const answer = async (call: ShopifyCall): Promise<Answer> => {
    if (failure !== null) return { status: failure, body: { error: "not now" } };
    if (call.path.includes("/graphql.json")) {
      if (call.token === forgotten) return { status: 401, body: { errors: "invalid token" } };
      return { status: 200, body: { data: { token: call.token } } };
    }
    const wait = nextWait;
    nextWait = aWhile;
    await wait();
    const refreshToken = call.body["refresh_token"];
    if (refreshToken !== undefined && refreshRefusal !== null) return { status: 400, body: { error: refreshRefusal } };
    if (refreshToken !== undefined && spent.has(refreshToken)) return { status: 400, body: { error: "invalid_grant" } };
    spent.add(refreshToken);
    granted += 1;
    return { status: 200, body: tokens(granted) };
  };

  const server = createServer((request, response) => {
    void callFrom(request).then(async (call) => {
      calls.push(call);
      const { status, body } = await answer(call);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // A server that listens on a port has an AddressInfo.
  const stopSending = sendShopsTo((server.address() as AddressInfo).port);

  const endpoint: TokenEndpoint = {
    get calls() {
      return calls;
    },
    grants: () => calls.filter((call) => call.path === "/admin/oauth/access_token"),
    failWith: (status) => void (failure = status),
    refuseRefresh: (error) => void (refreshRefusal = error),
    holdToken: () => {
      let letGo = (): void => undefined;
      const held = new Promise<void>((resolve) => (letGo = resolve));
      nextWait = () => held;
      return letGo;
    },
    forget: (accessToken) => void (forgotten = accessToken),
    reset: () => {
      [calls, spent, granted, failure, forgotten, refreshRefusal] = [[], new Set(), 0, null, null, null];
      nextWait = aWhile;
    },
    close: async () => {
      stopSending();
      await new Promise((closed) => server.close(closed));
    },
  };
  return endpoint;
}

// Long enough for every other caller to read the old token too.
const aWhile = (): Promise<void> => new Promise((resume) => void setTimeout(resume, 50));

const tokens = (number: number) => ({
  access_token: `shpat_fresh_${number}`,
  scope: "read_orders",
  expires_in: 3600,
  refresh_token: `shprt_fresh_${number}`,
  refresh_token_expires_in: 7_776_000,
});

async function callFrom(request: IncomingMessage): Promise<ShopifyCall> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  // Everything that the app sends to a shop is a JSON object.
  const body = JSON.parse(text) as Record<string, unknown>;
  const header = (name: string): string => String(request.headers[name] ?? "");
  return { path: request.url ?? "", host: header("x-shop"), body, token: header("x-shopify-access-token") };
}

/** Node's fetch uses undici's global dispatcher, so that the app needs no branch for tests. */
function sendShopsTo(port: number): () => void {
  const before = getGlobalDispatcher();
  const toServer = new Agent().compose((dispatch) => (options, handler) => {
    const { host } = new URL(String(options.origin));
    if (!host.endsWith(".myshopify.com")) throw new Error(`unexpected call to ${host}`);
    const headers = { ...headersOf(options.headers), "x-shop": host };
    return dispatch({ ...options, origin: `http://127.0.0.1:${port}`, headers }, handler);
  });
  setGlobalDispatcher(toServer);
  return () => setGlobalDispatcher(before);
}

function headersOf(headers: Dispatcher.DispatchOptions["headers"]): Record<string, string> {
  if (Array.isArray(headers)) {
    const list: readonly unknown[] = headers;
    const pairs = list.flatMap((name, at) => (at % 2 === 0 ? [[String(name), String(list[at + 1])] as const] : []));
    return Object.fromEntries<string>(pairs);
  }
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
