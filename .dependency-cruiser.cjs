// What may know what. Two outside worlds (shopify, meta), one pipeline between them, one server above; a station is a
// folder that the pipeline, the jobs, the dry run, the server, the pages and the command line compose.
const STATIONS =
  "^app/(access|shopify|meta|normalize|consent|costs|outbox|ledger|settings|leads|privacy|alerts|theme-embed)/";
const COMPOSERS =
  "^app/(pipeline|jobs|dry-run|server|routes|cli|scripts)/|^app/(root|entry[.][a-z]+|shopify[.]server)[.]tsx?$";
// Below the stations: they know nothing of an event.
const GROUND = "^app/(queue|database|env|logging|telemetry)/";
const VIEWS = "^app/(components|wording)/|^app/routes/[^/]+/(?!route[.]|.*[.]server[.])";
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
        "A station may know another one's types.ts, and nothing of its code. What joins them belongs in pipeline/ or jobs/.",
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
      comment: "A station is called; it does not call what composes it.",
      severity: "error",
      from: { path: STATIONS },
      to: { path: COMPOSERS, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "ground-knows-no-station",
      comment: "Queue, database, environment, logging and telemetry carry any program; none of them knows this one.",
      severity: "error",
      from: { path: GROUND },
      to: { path: [STATIONS, COMPOSERS, "^app/(components|wording)/"], dependencyTypesNot: ["type-only"] },
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
      from: { path: "^(extensions|app/theme-embed)/" },
      to: { path: "^app/", pathNot: "^app/(browser|event-contract|theme-embed)/" },
    },
    {
      name: "browser-knows-the-contract-only",
      comment: "app/browser runs in the worker's sandbox and in the page, and no server needs it.",
      severity: "error",
      from: { path: "^app/browser/" },
      to: { pathNot: "^app/(browser|event-contract)/" },
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
      from: { path: VIEWS },
      to: {
        path: `${WORLDLY}|^node:|node_modules/(@remix-run/node|@prisma|pg|undici)/`,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pages-keep-apart",
      comment: "A page's folder is its own. What two pages share belongs in components/ or wording/.",
      severity: "error",
      // A folder with $ in its name cannot be named in a pattern again.
      from: { path: "^app/routes/([^/$]+)/" },
      to: { path: "^app/routes/([^/]+)/", pathNot: ["^app/routes/$1/", "^app/routes/app/"] },
    },
    {
      name: "wording-stands-below-the-views",
      comment: "Words are given values and give text; components are given props and give JSX.",
      severity: "error",
      from: { path: "^app/wording/" },
      to: { path: "^app/(components|routes)/" },
    },
    {
      name: "app-does-not-know-its-tests",
      comment: "There is no test branch in the product. Programs that need the simulators live in test/programs.",
      severity: "error",
      from: { path: "^(app|extensions)/" },
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
      from: { path: "^app/", pathNot: ["^app/scripts/", "[.]d[.]ts$"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    },
    {
      name: "polaris-is-elements",
      comment: "@shopify/polaris is archived: pages are written in Polaris web components (decision 56).",
      severity: "error",
      from: { pathNot: "^node_modules/" },
      to: { path: "node_modules/(@shopify/polaris/|@shopify/polaris-icons/)|@shopify/shopify-app-remix/.*/react/" },
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
