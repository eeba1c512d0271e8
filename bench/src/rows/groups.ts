import type { Group } from "../measure/row.js";
import type { Peers } from "../peers/peers.js";
import { calls } from "./calls.js";
import { derivatives } from "./derivatives.js";
import { elementwise } from "./elementwise.js";
import { products } from "./products.js";
import { svms } from "./svm.js";
import { tuning } from "./tuning.js";

/** All groups, in the order in which they are measured. */
export const groups: readonly ((peers: Peers) => Group)[] = [
  calls,
  products,
  elementwise,
  derivatives,
  tuning,
  svms,
];
