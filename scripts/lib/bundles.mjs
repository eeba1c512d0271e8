/**
 * What is imported, and how much of it an application may have to load: `budget` is in kB, minified and gzipped. Budgets
 * were set at the size of the day and a sixth: room for features, and a stop for a dependency or a table of numbers that
 * comes along unseen. One that is raised says so in the commit.
 *
 * `without` names modules that must not be in the bundle; `stated` finds the size in packages/autodiff/README.md.
 */
export const bundles = [
  {
    name: "core-tensor",
    imports: 'export * from "@cotangent/core-tensor";',
    budget: 72,
  },
  {
    name: "core-tensor: { tensor }",
    imports: 'export { tensor } from "@cotangent/core-tensor";',
    budget: 43.5,
    without: ["decompositions", "random", "gamma", "devices"],
  },
  {
    name: "core-tensor/linalg: { svd }",
    imports: 'export { svd } from "@cotangent/core-tensor/linalg";',
    budget: 45,
    without: ["other decompositions", "random", "gamma", "devices"],
  },
  {
    name: "core-tensor/gpu",
    imports: 'export * from "@cotangent/core-tensor/gpu";',
    budget: 8,
  },
  {
    name: "autodiff with core-tensor",
    imports: 'export * from "@cotangent/core-tensor"; export * from "@cotangent/autodiff";',
    budget: 132,
    stated: /all of it with core-tensor ([\d.]+) kB/,
  },
  {
    name: "autodiff: { grad }",
    imports: 'export { grad } from "@cotangent/autodiff";',
    budget: 56,
    without: ["decompositions", "random", "gamma", "devices", "series"],
    stated: /`\{ grad \}` is ([\d.]+) kB/,
  },
  {
    name: "autodiff: { grad }, core-tensor: { tensor }",
    imports: 'export { tensor } from "@cotangent/core-tensor"; export { grad } from "@cotangent/autodiff";',
    budget: 56,
    without: ["decompositions", "random", "gamma", "devices", "series"],
  },
  {
    name: "linsolve",
    imports: 'export * from "@cotangent/linsolve";',
    budget: 105.5,
    without: ["devices"],
  },
  {
    name: "implicit",
    imports: 'export * from "@cotangent/implicit";',
    budget: 111,
    without: ["devices"],
  },
  {
    name: "solvers",
    imports: 'export * from "@cotangent/solvers";',
    budget: 121.5,
    without: ["devices"],
  },
];

/** Modules by their paths in the built packages. */
export const modules = {
  // Solving with a triangle is not decomposing: derivatives of Cholesky, LU and QR factors need it.
  decompositions:
    /core-tensor\/dist\/(ops\/linalg\/|host\/linalg\/(?!(subtract|triangular)\.)|(host\/)?simd\/(generated\/)?factors)/,
  "other decompositions": /core-tensor\/dist\/host\/linalg\/(cholesky|complete-pivoting|eigh|lu|qr)\./,
  random: /core-tensor\/dist\/(random|host\/random)\//,
  gamma: /core-tensor\/dist\/special\/(digamma|lgamma|polygamma)\./,
  // Kernels and texts that only gpu.js reads.
  devices: /core-tensor\/dist\/(gpu\/|kernels\/catalogue)/,
  series: /autodiff\/dist\/(rules\/)?jet\//,
};
