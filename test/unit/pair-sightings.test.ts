import { expect, test } from "vitest";
import { pairSightings, type Sighting } from "../../app/theme-embed/pair-sightings.ts";

const sighting = (isEvent: boolean, quantity: number, variantId = "1"): Sighting => ({
  variantId,
  quantity,
  isEvent,
  at: 0,
  isReported: false,
});

test("an event pairs with the request of the same variant and quantity, not with another addition's", () => {
  const { pair } = pairSightings();
  const [one, two] = [sighting(false, 1), sighting(false, 2)];
  expect([pair(one), pair(two)]).toEqual([one, two]);

  const [twoAgain, other, oneAgain] = [sighting(true, 2), sighting(true, 1, "2"), sighting(true, 1)];
  expect(pair(twoAgain)).toBe(two);
  expect(pair(other)).toBe(other);
  expect(pair(oneAgain)).toBe(one);
});
