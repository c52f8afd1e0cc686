import { storableText } from "../../event-contract/storable-text.ts";

export type FormFields = Readonly<Record<string, string>>;

/**
 * A posted form's fields, none of which is a file in this app. What the database cannot hold (U+0000) becomes U+FFFD, so
 * that the field's own rule refuses it instead of the database. A body that is no form is a 400.
 */
export async function fieldsOfForm(request: Request): Promise<FormFields> {
  const form = await request.formData().catch(() => {
    throw new Response("The body is no form.", { status: 400 });
  });
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, storableText(value)] as const] : [])),
  );
}
