import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  buildSchema,
  defaultFieldResolver,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from "graphql";
import { mutations, queries, type AdminContext } from "./admin-resolvers.ts";
import { json, jsonObject, type SimulatedReply, type SimulatedRequest } from "./http.ts";
import { isAccessTokenValid } from "./oauth.ts";
import type { Shop } from "./types.ts";

const ADMIN_PATH = /^\/admin\/api\/([^/]+)\/graphql\.json$/;
const SUPPORTED_VERSION = "2026-10";
const BUCKET = 2000;
const RESTORE_RATE = 100;

let parsed: GraphQLSchema | null = null;

/** Shopify's own schema of 2026-10, pruned to what the app's operations reach. */
export function adminSchema(): GraphQLSchema {
  parsed ??= buildSchema(readFileSync(new URL("admin-2026-10.graphql", import.meta.url), "utf8"), {
    assumeValidSDL: true,
  });
  return parsed;
}

export const adminApiVersionOf = (path: string): string | null => ADMIN_PATH.exec(path)?.[1] ?? null;

/** A field without a value in the simulator must fail loudly; otherwise a test would pass on an invented null. */
const ROOTS = new Map([
  ["QueryRoot", queries],
  ["Mutation", mutations],
]);

const resolveField: GraphQLFieldResolver<unknown, AdminContext, Record<string, unknown>> = (
  source,
  args,
  context,
  details,
) => {
  const root = ROOTS.get(details.parentType.name);
  const value: unknown = root
    ? root[details.fieldName]?.(args, context)
    : defaultFieldResolver(source, args, context, details);
  if (value === undefined) throw new Error(`the simulator keeps no ${details.parentType.name}.${details.fieldName}`);
  return value;
};

const failure = (message: string, code?: string, extras: object = {}) => ({
  errors: [{ message, ...(code && { extensions: { code, ...extras } }) }],
});

/** Roughly Shopify's calculation: one point per object, scalars are free, a mutation costs ten. */
function costOf(source: string, operation: OperationDefinitionNode | undefined) {
  const objects = source.split("{").length - 1;
  const cost = operation?.operation === OperationTypeNode.MUTATION ? 10 : Math.max(1, objects - 1);
  return {
    cost: {
      requestedQueryCost: cost,
      actualQueryCost: cost,
      throttleStatus: { maximumAvailable: BUCKET, currentlyAvailable: BUCKET - cost, restoreRate: RESTORE_RATE },
    },
  };
}

const throttled = {
  ...failure("Throttled", "THROTTLED", { documentation: "https://shopify.dev/api/usage/rate-limits" }),
  extensions: {
    cost: {
      requestedQueryCost: 10,
      actualQueryCost: null,
      throttleStatus: { maximumAvailable: BUCKET, currentlyAvailable: 0, restoreRate: RESTORE_RATE },
    },
  },
};

/** The refusals that precede a query, in Shopify's order. */
function refusal(shop: Shop, request: SimulatedRequest, version: string, now: Date): SimulatedReply | null {
  const token = request.headers["x-shopify-access-token"];
  if (version !== SUPPORTED_VERSION) return json({ errors: "Not Found" }, 404);
  if (request.method !== "POST") return json({ errors: "Method Not Allowed" }, 405);
  if (!isAccessTokenValid(shop, typeof token === "string" ? token : undefined, now)) {
    return json({ errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" }, 401);
  }
  if (shop.adminForbidden) return json({ errors: "[API] This IP address is not on the app's allowlist." }, 403);
  if (shop.throttleNext > 0) {
    shop.throttleNext -= 1;
    return json(throttled);
  }
  return null;
}

/** POST /admin/api/2026-10/graphql.json */
export async function answerAdminGraphql(request: SimulatedRequest, context: AdminContext): Promise<SimulatedReply> {
  await context.shop.adminHeld;
  const version = adminApiVersionOf(request.url.pathname) ?? "";
  const refused = refusal(context.shop, request, version, context.now());
  const answer = refused ?? json(await run(request, context));
  return {
    ...answer,
    headers: { ...answer.headers, "x-shopify-api-version": version, "x-request-id": randomUUID() },
  };
}

async function run(request: SimulatedRequest, context: AdminContext): Promise<object> {
  const body = jsonObject(request.body);
  const query = body?.["query"];
  if (typeof query !== "string") return failure("Required parameter missing or invalid", "BAD_REQUEST");
  const schema = adminSchema();
  let document;
  try {
    document = parse(query);
  } catch (problem) {
    return failure(problem instanceof Error ? problem.message : String(problem), "PARSE_ERROR");
  }
  const problems = validate(schema, document);
  if (problems.length > 0) return { errors: problems.map((problem) => problem.toJSON()) };
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const variables = jsonObject(JSON.stringify(body?.["variables"] ?? {})) ?? {};
  const result = await execute({
    schema,
    document,
    contextValue: context,
    variableValues: variables,
    fieldResolver: resolveField,
  });
  return { ...result, extensions: costOf(query, operation) };
}
