import { storableText } from "../../event-contract/storable-text.ts";

export type FormFields = Readonly<Record<string, string>>;

/**
 * A posted form's fields; no form of this app has files. Of fields with one name the last one counts. Text that the database cannot store (U+0000) becomes U+FFFD,
 * so that the field's own rule refuses it. Throws a 400 response if the body is not a form.
 */
export async function fieldsOfForm(request: Request): Promise<FormFields> {
  const form = await request.formData().catch(() => {
    throw new Response("The body is not a form.", { status: 400 });
  });
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, storableText(value)] as const] : [])),
  );
}
