import { z } from "zod";
import { Problem, StagesRequest, StagesResponse } from "../../leads/stages-request.ts";

const schemaOf = (schema: z.ZodType): object => {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" });
  return json;
};

const PROBLEM = { $ref: "#/components/schemas/Problem" };
const problem = (description: string): object => ({
  description,
  content: { "application/problem+json": { schema: PROBLEM } },
});

/** OpenAPI 3.1, generated from the schemas that the API itself reads with. */
export const API_DOCUMENT = {
  openapi: "3.1.0",
  info: {
    title: "Tandem",
    version: "1.0.0",
    description: "Reports which stages your leads have reached. docs/leads.md has examples.",
  },
  components: {
    securitySchemes: { key: { type: "http", scheme: "bearer", description: "An API key with the scope leads:write." } },
    schemas: {
      StagesRequest: schemaOf(StagesRequest),
      StagesResponse: schemaOf(StagesResponse),
      Problem: schemaOf(Problem),
    },
  },
  paths: {
    "/api/leads/stages": {
      post: {
        operationId: "reachStages",
        summary: "Report stages of up to 500 leads",
        security: [{ key: [] }],
        parameters: [
          {
            name: "Idempotency-Key",
            in: "header",
            required: false,
            description: "A repetition with the same key and body gets the same answer, and nothing is done twice.",
            schema: { type: "string", minLength: 1, maxLength: 128 },
          },
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/StagesRequest" } } },
        },
        responses: {
          "200": {
            description: "A result for each item, in order.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/StagesResponse" } } },
          },
          "400": problem("The body is not JSON, or the Idempotency-Key is not usable."),
          "401": problem("No key, or one that is unknown, expired or revoked."),
          "403": problem("The key may not do this, or the app is not installed."),
          "413": problem("The body is larger than a megabyte."),
          "415": problem("The body is not application/json."),
          "422": problem("The body has not the documented form, or the Idempotency-Key was used with another body."),
          "429": problem("Too many requests; Retry-After says when to try again."),
          "503": problem("Nothing could be stored; try again with the same Idempotency-Key."),
        },
      },
    },
  },
} as const;
