import { createHash } from "node:crypto";
import type { Shop, StoredMetafield } from "./types.ts";

type Args = Readonly<Record<string, unknown>>;
type MetafieldContext = { readonly shop: Shop; readonly now: () => Date; readonly changed: () => void };

export const installationId = (shop: Shop): string => `gid://shopify/AppInstallation/${shop.id}1`;

export const metafieldNode = (field: StoredMetafield) => ({
  ...field,
  createdAt: field.updatedAt,
  ownerType: "API_PERMISSION",
  compareDigest: createHash("sha256").update(field.value).digest("hex"),
  sizeInBytes: Buffer.byteLength(field.value),
  description: null,
  jsonValue: () =>
    (field.type === "json" || field.type === "boolean" ? JSON.parse(field.value) : field.value) as unknown,
});

type MetafieldProblem = { code: string; elementIndex: number; field: string[]; message: string };

function metafieldProblem(input: Args, index: number, shop: Shop): MetafieldProblem | null {
  const problem = (code: string, name: string, message: string): MetafieldProblem => ({
    code,
    elementIndex: index,
    field: ["metafields", String(index), name],
    message,
  });
  const value = String(input["value"]);
  if (input["ownerId"] !== installationId(shop)) return problem("INVALID", "ownerId", "Owner does not exist.");
  if (typeof input["type"] !== "string") return problem("BLANK", "type", "Type can't be blank.");
  if (!/^[\w-]{3,255}$/.test(String(input["namespace"]))) {
    return problem("TOO_SHORT", "namespace", "Namespace is too short.");
  }
  if (!/^[\w-]{2,64}$/.test(String(input["key"]))) return problem("TOO_SHORT", "key", "Key is too short.");
  if (input["type"] === "json" && !isJson(value)) return problem("INVALID_VALUE", "value", "Value is invalid JSON.");
  if (input["type"] === "boolean" && !/^(?:true|false)$/.test(value)) {
    return problem("INVALID_VALUE", "value", "Value must be true or false.");
  }
  return null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** All or nothing, at most 25 at once, as documented. Only the app's own installation owns metafields here. */
export function setMetafields(args: Args, { shop, now, changed }: MetafieldContext) {
  const inputs = args["metafields"] as Args[]; // the schema made it a list of input objects
  if (inputs.length > 25) {
    throw new Error("The input array size of metafields is greater than the maximum allowed of 25.");
  }
  const userErrors = inputs.flatMap((input, index) => metafieldProblem(input, index, shop) ?? []);
  if (userErrors.length > 0) return { metafields: [], userErrors };
  const saved = inputs.map((input): StoredMetafield => {
    const [namespace, key] = [String(input["namespace"]), String(input["key"])];
    const field = {
      id: `gid://shopify/Metafield/${createHash("sha256").update(`${namespace}.${key}`).digest().readUInt32BE()}`,
      namespace,
      key,
      type: String(input["type"]),
      value: String(input["value"]),
      updatedAt: now().toISOString(),
    };
    shop.installation.metafields[`${namespace}.${key}`] = field;
    return field;
  });
  changed();
  return { metafields: saved.map(metafieldNode), userErrors: [] };
}
