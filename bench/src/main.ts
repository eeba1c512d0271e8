import { eagerRows } from "./rows/eager.js";
import { hypergradientRows } from "./rows/hypergradient.js";
import { productRows } from "./rows/products.js";
import { machine } from "./machine.js";
import { measure } from "./measure.js";
import { printTable } from "./table.js";

// Every row is a pair that is measured in the same run, alternating: what matters is the ratio, because machines drift.
console.log(machine());
for (const [title, rows] of [
  ["eager operations", eagerRows()],
  ["products against plain loops", productRows()],
  ["hypergradients: implicit against unrolled", hypergradientRows()],
] as const) {
  printTable(title, await measure(rows));
}
