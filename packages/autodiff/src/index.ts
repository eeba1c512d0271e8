export {
  BatchedValueError,
  NonScalarError,
  NotDifferentiableError,
  RuleError,
  TreeError,
  UnknownValueError,
} from "./errors/errors.js";
export { grad, valueAndGrad } from "./transforms/grad.js";
export type { Arguments, Gradient, GradOptions } from "./transforms/grad.js";
export type { Argnums } from "./transforms/argnums.js";
export { checkpoint } from "./transforms/checkpoint.js";
export { customJvp } from "./transforms/custom-jvp.js";
export type { JvpFunction } from "./transforms/custom-jvp.js";
export { customVjp } from "./transforms/custom-vjp.js";
export type { VjpRule } from "./transforms/custom-vjp.js";
export { cond } from "./control/cond.js";
export type { CheckpointPolicy } from "./control/policy.js";
export { scan } from "./control/scan.js";
export type { ScanOptions } from "./control/scan.js";
export { whileLoop } from "./control/while-loop.js";
export { hessian, hvp } from "./transforms/hessian.js";
export { jacfwd, jacobian, jacrev } from "./transforms/jacobian.js";
export type { Jacobian, JacobianOf, JacobianOptions } from "./transforms/jacobian.js";
export { jet } from "./transforms/jet.js";
export { jit } from "./jit/jit.js";
export type { Jitted, JitOptions, LoweredProgram } from "./jit/jit.js";
export { jvp } from "./transforms/jvp.js";
export { linearize } from "./transforms/linearize.js";
export type { Linearization } from "./transforms/linearize.js";
export { Program } from "./program/program.js";
export { savedBytes } from "./transforms/saved-bytes.js";
export { vmap } from "./transforms/vmap.js";
export type { BatchOf, VmapOptions } from "./transforms/vmap.js";
export type { AxisTree } from "./batch/axes.js";
export { vjp } from "./transforms/vjp.js";
export * as tree from "./tree/index.js";
export type { Tensors, Tree, TreeLike } from "./tree/index.js";
export { stopGradient } from "@cotangent/core-tensor";
// What implicit differentiation and other extensions build on.
export { innermostTrace, joinTangents } from "./jvp/innermost.js";
export { Dual, JvpTrace } from "./jvp/jvp-trace.js";
export { BatchTrace } from "./batch/batch-trace.js";
export { Routine } from "./routine/routine.js";
export type { Differentiated, RoutineOptions } from "./routine/routine.js";
export { eachExample } from "./batch/each-example.js";
export { linearCall } from "./tape/linear-call.js";
export type { LinearCall } from "./tape/equation.js";
