/** The forms of all pages by their `intent`, which tests post to every route; test/unit/form-names.test.ts keeps it whole. */
export const FORM_NAMES = [
  "save-settings",
  "connect-pixel",
  "filter-pixel",
  "remove-test-code",
  "send-test-purchase",
  "pause-pixel",
  "resume-pixel",
  "disconnect-pixel",
  "go-back",
  "set-role",
  "report-stage",
  "delete-lead",
  "save-funnel",
  "make-key",
  "rotate-key",
  "revoke-key",
  "connect-crm",
  "try-mapping",
  "remap-crm",
  "renew-crm",
  "revoke-crm",
  "preview",
  "import",
] as const;

/** And one that no page has. */
export const POSTED_NAMES = [...FORM_NAMES, "nonsense"] as const;
