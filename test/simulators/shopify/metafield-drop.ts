import { Drop } from "liquidjs";
import type { StoredMetafield } from "./types.ts";

/** A metafield in Liquid: `.value` is typed, the drop itself is not JSON (Shopify answers that with an error object). */
export class MetafieldDrop extends Drop {
  readonly type: string;
  readonly value: unknown;

  constructor(field: StoredMetafield) {
    super();
    this.type = field.type;
    this.value = ["json", "boolean", "number_integer"].includes(field.type) ? JSON.parse(field.value) : field.value;
  }

  override valueOf(): unknown {
    return this.value;
  }

  toJSON(): unknown {
    return { error: "json not allowed for this object" };
  }
}
