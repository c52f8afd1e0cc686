import { type ActionFunctionArgs, data } from "@remix-run/node";
import { CSV_ENCODINGS } from "../leads/csv-mapping.ts";
import { HookMapping } from "../leads/hooks/mapping-schema.ts";
import type { CsvPart } from "../leads/read-csv-part.server.ts";
import { signedInShop } from "./app/signed-in-shop.server.ts";

const bad = (what: string): Response => new Response(what, { status: 400 });

/**
 * A part of a CSV file, in a multipart form as the import's page sends it: a preview of its first rows, or an import of
 * all of them. A part is never above half a megabyte, and the server takes no larger form than one.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const form = await request.formData().catch(() => {
    throw bad("The body is not a form.");
  });
  const part = await partIn(form);
  const mapping = mappingIn(form.get("mapping"));
  if (form.get("intent") === "preview") return answered(await admin.previewLeadRows(part, mapping));
  if (form.get("intent") !== "import") throw bad("Unknown form");
  if (mapping === null) throw bad("An import needs a mapping.");
  return answered(await admin.importLeadRows(shop, part, mapping));
}

const answered = <Answer extends { readonly ok: boolean }>(answer: Answer) =>
  data(answer, { status: answer.ok ? 200 : 422 });

async function partIn(form: FormData): Promise<CsvPart> {
  const rows = form.get("rows");
  if (rows === null || typeof rows === "string") throw bad("There are no rows.");
  const encoding = CSV_ENCODINGS.find((known) => known === form.get("encoding"));
  const line = Number(form.get("afterLine") ?? Number.NaN);
  const afterLine = Number.isSafeInteger(line) && line > 0 ? line : undefined;
  return { bytes: await rows.bytes(), encoding, afterLine, isLast: form.get("isLast") === "true" };
}

/** Null for none. Throws a 400 response for one that is no mapping, which the page makes of its fields. */
function mappingIn(text: FormDataEntryValue | null): HookMapping | null {
  if (typeof text !== "string" || text === "") return null;
  const parsed = HookMapping.safeParse(jsonIn(text));
  if (!parsed.success) throw bad("This is no mapping.");
  return parsed.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
