/** Test events: how they are marked, and the Test page. */
export const testing = {
  badge: "Test",
  "badge.meaning": "A test event: Meta got it under a test event code only, and it counts in none of Tandem’s figures.",
  name: "{name} (test)",
} as const;
