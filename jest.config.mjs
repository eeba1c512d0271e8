const deep = process.env.COTANGENT_DEEP === "1";

// Packages published as ES modules only: Jest must transform them, as it does our own sources.
const esmOnly = [
  "@observablehq\\+plot",
  "d3",
  "d3-[^@]+",
  "internmap",
  "delaunator",
  "robust-predicates",
  "isoformat",
];

/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/packages", "<rootDir>/docs", "<rootDir>/bench"],
  // Deep tests (larger sizes, more random cases) run by `npm run check:deep` alone.
  testMatch: deep ? ["**/*.deep.test.ts"] : ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/", ...(deep ? [] : ["\\.deep\\.test\\.ts$"])],
  modulePathIgnorePatterns: ["/dist/"],
  // Our own packages resolve to sources: no build is needed, and coverage points at what was written.
  moduleNameMapper: {
    "^@cotangent/([^/]+)$": "<rootDir>/packages/$1/src/index.ts",
    "^@cotangent/([^/]+)/([^/]+)$": "<rootDir>/packages/$1/src/$2/index.ts",
    "^(\\.{1,2}/.*)\\.js$": "$1",
  },
  transform: { "\\.(ts|js|mjs)$": "<rootDir>/scripts/jest-transform.mjs" },
  transformIgnorePatterns: [`/node_modules/\\.pnpm/(?!(${esmOnly.join("|")})@)`],
  setupFiles: ["<rootDir>/scripts/jest-seed.mjs"],
  // The babel provider rewrites function sources, which gpu.js and jit read.
  coverageProvider: "v8",
  collectCoverageFrom: ["packages/*/src/**/*.ts"],
  // Modules run in a context whose globals are looked up by name, some hundred times slower than parameters are.
  sandboxInjectedGlobals: [
    "Array",
    "ArrayBuffer",
    "Error",
    "Float32Array",
    "Float64Array",
    "Infinity",
    "Int32Array",
    "Map",
    "Math",
    "Number",
    "Object",
    "Set",
    "Symbol",
    "Uint8Array",
    "WeakMap",
  ],
  maxWorkers: 2,
};
