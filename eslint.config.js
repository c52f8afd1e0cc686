import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { noLiteralText } from "./app/scripts/lint-literal-text.mjs";
import { namesItsShop } from "./app/scripts/lint-names-its-shop.mjs";

const TYPESCRIPT = ["**/*.ts", "**/*.tsx"];
// What touches the world says so in its name or its folder; every other file of app/ is pure.
const WORLDLY = [
  "app/**/*.server.ts",
  "app/cli/**",
  "app/scripts/**",
  "app/theme-embed/**",
  "app/routes/**/route.tsx",
  "app/routes/*.tsx",
  "app/entry.*",
  "app/root.tsx",
];

// Pages that take every text from the catalogue; the others follow.
const TRANSLATED = [
  "app/components/**/*.{ts,tsx}",
  "app/routes/app/embedded-frame.tsx",
  "app/routes/$.tsx",
  "app/routes/_index/**",
  "app/routes/auth.login/**",
  "app/routes/app.{access,data-requests,dry-run,help}/**",
  "app/routes/app.{events,leads,orders,settings}*/**",
];

const FILE_NAME = /^\.?[\w$-]+(?:\.[\w$-]+)*\.(?:ts|tsx|js|mjs|cjs)$/;
const KEBAB = /^[a-z0-9._$-]+$/;
const DRAWER = /^(?:utils?|helpers?|common|misc|manager|data|info|v2)(?:\.|$)|-(?:utils?|helpers?|manager)\./;

/** Names are how a newcomer finds things, so a drawer that anything fits into is an error, and so is a second style. */
const fileName = {
  meta: { type: "problem", schema: [] },
  create: (context) => ({
    Program(node) {
      const base = context.filename.split(/[\\/]/).pop() ?? "";
      if (FILE_NAME.test(base) && KEBAB.test(base) && !DRAWER.test(base)) return;
      context.report({ node, message: `Name ${base} in kebab-case after the one thing it holds.` });
    },
  }),
};

const NO_EXTENSION = {
  regex: "^\\.{1,2}/.*(?<!\\.(?:ts|tsx|mjs|json|css|svg)(?:\\?\\w+)?)$",
  message: "Write the file's extension: Node runs these files as they are.",
};
const NO_NODE = {
  regex: "^(?:node:|undici$|pg$|@prisma/|fastify$|pino$)",
  message: "A plain .ts file is pure: move this to a *.server.ts.",
};
const NO_NODE_BUT_HASHES = { ...NO_NODE, regex: "^(?:node:(?!crypto$)|undici$|pg$|@prisma/|fastify$|pino$)" };
const imports = (...patterns) => ["error", { patterns: [NO_EXTENSION, ...patterns] }];

const NO_ENV = { object: "process", property: "env", message: "Read the environment in env.server.ts only." };
const NO_CHANCE = [
  { object: "Date", property: "now", message: "Take the time as an argument." },
  { object: "performance", property: "now", message: "Take the time as an argument." },
  { object: "Math", property: "random", message: "Take the randomness as an argument." },
  { object: "crypto", property: "randomUUID", message: "Take the id as an argument." },
];

const NO_DRAWER_VERBS = {
  selector: ":matches(FunctionDeclaration, VariableDeclarator)[id.name=/^(?:handle|process)[A-Z]/]",
  message: "Name the function after what it gives or does, not that it handles something.",
};
const NO_EMPTY_NAMES = {
  selector:
    ":matches(VariableDeclarator > Identifier.id, :function > Identifier.params, ArrayPattern > Identifier.elements)" +
    "[name=/^(?:each|told|asked|found)$/]",
  message: "Name the value after what it is: the order, the line, the row.",
};
const NO_DEFAULT = {
  selector: "ExportDefaultDeclaration",
  message: "Export by name; only Remix and tools ask for a default.",
};
const NO_CLOCK = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: "Take the time as an argument.",
};

const everywhere = {
  plugins: {
    tandem: { rules: { "file-name": fileName, "names-its-shop": namesItsShop, "no-literal-text": noLiteralText } },
  },
  rules: {
    "tandem/file-name": "error",
    eqeqeq: ["error", "always", { null: "ignore" }],
    "no-restricted-imports": imports(),
    "max-lines": ["error", 250],
    "no-nested-ternary": "error",
    "object-shorthand": "error",
    "prefer-template": "error",
    curly: ["error", "multi-line"],
  },
};

const typeAware = {
  files: TYPESCRIPT,
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    "@typescript-eslint/no-floating-promises": ["error", { checkThenables: true }],
    "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    "@typescript-eslint/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
    ],
    "@typescript-eslint/no-non-null-assertion": "error",
    "@typescript-eslint/consistent-type-imports": "error",
    "@typescript-eslint/consistent-type-exports": "error",
    "@typescript-eslint/consistent-type-definitions": "off",
    "@typescript-eslint/consistent-type-assertions": [
      "error",
      { assertionStyle: "as", objectLiteralTypeAssertions: "never" },
    ],
    "@typescript-eslint/ban-ts-comment": [
      "error",
      {
        "ts-expect-error": "allow-with-description",
        "ts-ignore": true,
        "ts-nocheck": true,
        minimumDescriptionLength: 10,
      },
    ],
    "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: "only-allowed-literals" }],
    "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
    // A port may be asynchronous where one of its implementations has nothing to wait for.
    "@typescript-eslint/require-await": "off",
    // Ports are objects of closures, handed on one by one; none of them looks at `this`.
    "@typescript-eslint/unbound-method": "off",
  },
};

const product = {
  files: ["app/**/*.{ts,tsx}", "extensions/**/*.{ts,tsx}"],
  rules: {
    "tandem/names-its-shop": "error",
    "no-console": "error",
    "max-params": ["error", 3],
    "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
    // A switch counts once: an exhaustive one over named outcomes is the house style, however many names there are.
    complexity: ["error", { max: 8, variant: "modified" }],
    "no-restricted-properties": ["error", NO_ENV],
    "no-restricted-syntax": ["error", NO_DEFAULT, NO_DRAWER_VERBS, NO_EMPTY_NAMES],
    "@typescript-eslint/only-throw-error": "error",
  },
};

const pure = {
  files: ["app/**/*.ts", "app/components/**/*.tsx", "app/routes/*/*.tsx"],
  ignores: [...WORLDLY, "app/**/*.d.ts"],
  rules: {
    "no-restricted-imports": imports(NO_NODE),
    "no-restricted-properties": ["error", NO_ENV, ...NO_CHANCE],
    "no-restricted-syntax": ["error", NO_DEFAULT, NO_DRAWER_VERBS, NO_EMPTY_NAMES, NO_CLOCK],
    "no-restricted-globals": ["error", { name: "process", message: "A plain .ts file is pure." }],
  },
};

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "**/build/",
      "**/dist/",
      ".data/",
      ".shopify/",
      "coverage/",
      "test-results/",
      // Built from app/theme-embed and committed, because Shopify's CLI uploads the assets folder as it is.
      "extensions/tandem-theme-embed/assets/",
      "**/*.d.ts",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  everywhere,
  { files: TYPESCRIPT, extends: [tseslint.configs.recommendedTypeChecked] },
  typeAware,
  product,
  pure,
  // Hashing is a pure function that Node happens to keep in a module of its own.
  { files: ["app/normalize/**/*.ts"], rules: { "no-restricted-imports": imports(NO_NODE_BUT_HASHES) } },
  {
    files: ["app/event-contract/**/*.ts"],
    rules: {
      "no-restricted-imports": imports({
        regex: "^(?!\\./[^/]+$)",
        message: "event-contract imports nothing outside its folder.",
      }),
      "no-restricted-globals": [
        "error",
        "window",
        "document",
        "process",
        "globalThis",
        "self",
        "navigator",
        "Buffer",
        "fetch",
      ],
    },
  },
  // The command line and the environment's own reader.
  { files: ["app/env/env.server.ts", "app/cli/**/*.ts"], rules: { "no-restricted-properties": "off" } },
  {
    files: ["app/routes/**/*.{ts,tsx}", "app/root.tsx", "app/entry.*.tsx"],
    rules: {
      "no-restricted-syntax": ["error", NO_DRAWER_VERBS, NO_EMPTY_NAMES],
      "@typescript-eslint/only-throw-error": [
        "error",
        {
          allow: [
            { from: "lib", name: "Response" },
            { from: "package", package: "@remix-run/server-runtime", name: "TypedResponse" },
          ],
        },
      ],
    },
  },
  // Shopify calls the default export of an extension's module.
  {
    files: ["extensions/order-block/src/index.tsx"],
    rules: { "no-restricted-syntax": ["error", NO_DRAWER_VERBS, NO_EMPTY_NAMES] },
  },
  {
    files: ["app/shopify/**/*.ts", "app/server/permissions.server.ts", "app/server/extension-sign-in.server.ts"],
    rules: { "@typescript-eslint/only-throw-error": ["error", { allow: [{ from: "lib", name: "Response" }] }] },
  },
  {
    files: ["app/**/*.tsx"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  { files: TRANSLATED, rules: { "tandem/no-literal-text": "error" } },
  // Simulators are named after what Shopify and Meta call their own things.
  { files: ["test/simulators/**"], rules: { "tandem/file-name": "off" } },
  // Served to the simulated shopper's page as they are, in the language of scripts that old browsers still read.
  {
    files: ["test/simulators/**/*.js"],
    rules: { "prefer-template": "off", "object-shorthand": "off", "max-lines": "off", "no-nested-ternary": "off" },
  },
  { files: ["**/*.{js,mjs,cjs}"], extends: [tseslint.configs.disableTypeChecked] },
);
