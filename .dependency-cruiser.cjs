// What may know what. The stations are the folders of app/ that an order passes through; `journey` alone composes them.
const STATIONS =
  "^app/(intake|normalize|consent|outbox|delivery|results|settings|diagnostics|leads|privacy|admin-api|dashboard|storefront)/";
const COMPOSERS = "^app/(journey|routes|cli|http)/|^app/[^/]+[.]server[.]tsx?$|^app/(root|entry[.][a-z]+)[.]tsx$";
const WORLDLY = "[.]server[.]tsx?$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "Two files that need each other are one file, or are missing a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "stations-keep-apart",
      comment:
        "A station may know another one's types.ts, and nothing of its code. What joins them belongs into journey/.",
      severity: "error",
      from: { path: STATIONS },
      to: { path: STATIONS, pathNot: ["^app/$1/", "^app/[^/]+/types[.]ts$"] },
    },
    {
      name: "stations-share-types-only",
      comment: "Importing another station's types.ts is fine as `import type`.",
      severity: "error",
      from: { path: STATIONS },
      to: { path: "^app/[^/]+/types[.]ts$", pathNot: "^app/$1/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "stations-do-not-compose",
      comment: "A station is called; it does not call the journey, the routes or the server.",
      severity: "error",
      from: { path: STATIONS },
      to: { path: "^app/(journey|routes|cli|http)/|^app/server[.]server[.]ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-composers-reach-stations",
      comment: "Stations are composed by journey/, and called by routes, the server and the command line.",
      severity: "error",
      from: { path: "^app/", pathNot: [STATIONS, COMPOSERS] },
      to: { path: STATIONS, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "plain-stays-pure",
      comment: "A plain .ts runs anywhere, so it may not need a file that touches the world.",
      severity: "error",
      from: { path: "^app/.*[.]ts$", pathNot: [WORLDLY, "^app/cli/", "[.]d[.]ts$"] },
      to: { path: WORLDLY, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "contract-stands-alone",
      comment:
        "event-contract runs in the server, a worker sandbox and a shopper's page: it imports nothing outside its folder.",
      severity: "error",
      from: { path: "^app/event-contract/" },
      to: { pathNot: "^app/event-contract/" },
    },
    {
      name: "browser-code-knows-the-contract-only",
      comment: "What ships to shoppers may use event-contract and nothing else of the app.",
      severity: "error",
      from: { path: "^(extensions|app/storefront)/" },
      to: { path: "^app/", pathNot: "^app/(browser-legs|event-contract|storefront)/" },
    },
    {
      name: "browser-legs-know-the-contract-only",
      comment: "browser-legs runs in the worker's sandbox and in the page, and no server needs it.",
      severity: "error",
      from: { path: "^app/browser-legs/" },
      to: { pathNot: "^app/(browser-legs|event-contract)/" },
    },
    {
      name: "extensions-do-not-share-sources",
      comment: "Each extension is uploaded by itself.",
      severity: "error",
      from: { path: "^extensions/([^/]+)/" },
      to: { path: "^extensions/", pathNot: "^extensions/$1/" },
    },
    {
      name: "views-are-given-their-props",
      comment: "A view neither fetches nor reads: props in, JSX out.",
      severity: "error",
      from: { path: "^app/dashboard/" },
      to: { path: `${WORLDLY}|^node:|node_modules/(@remix-run/node|@prisma|pg|undici)/` },
    },
    {
      name: "app-does-not-know-its-tests",
      comment: "There is no test branch in the product. Demo and development server alone start the simulators.",
      severity: "error",
      from: { path: "^(app|extensions)/", pathNot: "^app/cli/(demo|chaos|bench|dev)" },
      to: { path: "^test/" },
    },
    {
      name: "simulators-are-witnesses",
      comment: "A simulator that shares the app's code agrees with the app's mistakes.",
      severity: "error",
      from: { path: "^test/simulators/" },
      to: { path: "^app/", pathNot: "^app/event-contract/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "product-needs-no-dev-package",
      comment: "The image is built without development packages.",
      severity: "error",
      from: { path: "^app/", pathNot: ["^app/cli/(demo|chaos|bench|dev|build-|check-)", "[.]d[.]ts$"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "[.]d[.]ts$|^build/|[?]url$|^extensions/[^/]+/(assets|dist)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
    skipAnalysisNotInRules: true,
  },
};
