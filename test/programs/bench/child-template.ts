// The webhook as apps made from Shopify's template write it: `authenticate.webhook`, which also loads the session, then
// either one Prisma `create` of the payload, or Meta's SDK inside the request. Remix's own handler, on Fastify instead of
// remix-serve, which is in the template's favour.
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { ApiVersion, shopifyApp } from "@shopify/shopify-app-remix/server";
import "@shopify/shopify-app-remix/adapters/node";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import Fastify from "fastify";
import { openDatabase } from "../../../app/database/db.server.ts";
import { readEnv } from "../../../app/env/env.server.ts";
import { remixRoutes } from "../../../app/server/http/remix.server.ts";
import { answerQuestions, usage, type Usage } from "./child-process.ts";
import { pointSdkAt, sdkEvent, sdkSend } from "./sdk-sender.ts";

export type TemplateQuestions = {
  readonly port: (nothing: undefined) => number;
  readonly usage: (nothing: undefined) => Usage;
};

const env = readEnv();
const database = await openDatabase({ url: env.databaseUrl, dataDir: env.dataDir });
const shopify = shopifyApp({
  apiKey: env.apiKey,
  apiSecretKey: env.apiSecret,
  appUrl: env.appUrl,
  scopes: [...env.scopes],
  apiVersion: ApiVersion.October26,
  sessionStorage: new PrismaSessionStorage(database.prisma),
});
pointSdkAt(env.graphUrl);

async function store({ request }: { request: Request }): Promise<Response> {
  const { shop, topic, webhookId, payload } = await shopify.authenticate.webhook(request);
  const sealedBody = JSON.stringify(payload);
  await database.prisma.quarantine.create({
    data: { shop, topic, webhookId, problem: "none", detail: "the template's way", sealedBody },
  });
  return new Response();
}

async function send({ request }: { request: Request }): Promise<Response> {
  const { shop, payload } = await shopify.authenticate.webhook(request);
  const index = Number(/\d+/.exec(shop)?.[0] ?? 0);
  const body = JSON.stringify(payload);
  await sdkSend(index, [sdkEvent(body, `sdk.${String(payload["id"])}`)]);
  return new Response();
}

const route = (id: string, action: typeof store) => ({ id, path: id, module: { action, default: undefined } });
const build = {
  entry: { module: { default: () => new Response() } },
  routes: { store: route("store", store), send: route("send", send) },
  assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
  publicPath: "/",
  assetsBuildDirectory: "",
  future: {},
  isSpaMode: false,
  mode: "production",
} as unknown as ServerBuild; // what Remix's compiler writes, for two routes without a page

const respond = createRequestHandler(build, "production");
const server = Fastify();
await server.register(remixRoutes, { remix: { respond: (request) => respond(request), clientFolder: null } });
await server.listen({ port: 0, host: "127.0.0.1" });
const [address] = server.addresses();

const questions: TemplateQuestions = { port: () => (typeof address === "object" ? address.port : 0), usage };
answerQuestions(questions, async () => {
  await server.close();
  await database.close();
});
