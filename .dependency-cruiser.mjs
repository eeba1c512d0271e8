// The layering: core-tensor <- autodiff <- linsolve <- implicit <- solvers. An import never points
// from left to right (docs/decisions/0006).
const layers = ["core-tensor", "autodiff", "linsolve", "implicit", "solvers"];

const layering = layers.map((layer, i) => ({
  name: `${layer}-knows-nothing-above-it`,
  comment: `${layer} may import only from ${layers.slice(0, i).join(", ") || "itself"}.`,
  severity: "error",
  from: { path: `^packages/${layer}/src/` },
  to: { path: [...layers.slice(i + 1).map((above) => `^packages/${above}/`), "^docs/", "^bench/"] },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...layering,
    {
      name: "entry-points-only",
      comment: "Another package is used through its entry points, as users use it.",
      severity: "error",
      from: { path: "^(packages/[^/]+|docs|bench)/" },
      to: {
        path: "^packages/[^/]+/src/",
        pathNot: [
          "^$1/",
          "^packages/[^/]+/src/((testing|gpu|linalg|plan|primitives|random|simd)/)?index\\.ts$",
        ],
      },
    },
    {
      name: "gpu.js-in-one-folder",
      comment: "core-tensor/src/gpu wraps gpu.js and its loose types; everything else sees our own.",
      severity: "error",
      from: { pathNot: "^packages/core-tensor/src/gpu/" },
      to: { path: "(^|/)gpu\\.js(/|$)" },
    },
    {
      name: "fast-check-in-testing-only",
      comment: "fast-check is a peer dependency of the ./testing entries; the main entry must not need it.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "^packages/[^/]+/src/testing/" },
      to: { path: ["(^|/)fast-check(/|$)", "^packages/[^/]+/src/testing/"] },
    },
    {
      name: "no-node-builtins-in-packages",
      comment: "The packages run in browsers too.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-circular",
      comment:
        "Circular imports (of values; types are erased). core-tensor has one deliberate cycle: Tensor's methods -> ops -> dispatch -> Tensor.",
      severity: "error",
      from: { pathNot: "^packages/core-tensor/src/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-circular-folders",
      comment:
        "A folder in src is a concept, and two concepts do not need each other, not even by types. Within one such folder, and towards files in src itself, the rule does not apply. core-tensor: as above.",
      severity: "error",
      scope: "folder",
      from: { path: "^packages/[^/]+/src/([^/]+)", pathNot: "^packages/core-tensor/src" },
      to: { circular: true, path: "^packages/[^/]+/src/[^/]+", pathNot: "^packages/[^/]+/src/$1(/|$)" },
    },
    {
      name: "resolvable",
      comment: "The peers of the benchmarks are a workspace of their own, installed on demand.",
      severity: "error",
      from: { pathNot: "^bench/peers/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["(^|/)dist/", "(^|/)coverage/"] },
    // Type imports count as well: knowing a type of a higher layer is knowing the layer.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "default", "types"] },
  },
};
