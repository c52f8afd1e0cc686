import { describe } from "vitest";

import { pgliteDatabase, postgresDatabase } from "./databases.ts";
import { deliveryBattery } from "./delivery-battery.ts";
import { eventLogBattery } from "./event-log-battery.ts";
import { intakeBattery } from "./intake-battery.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  intakeBattery(makeDatabase);
  deliveryBattery(makeDatabase);
  eventLogBattery(makeDatabase);
});
