/**
 * Derivatives, forward and reverse, of any order; batching; control flow; trees.
 *
 * @module @cotangent/autodiff
 */
export {
  BatchedValueError,
  NonScalarError,
  NotDifferentiableError,
  PatternError,
  RuleError,
  TangentError,
  TreeError,
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
export type { Jitted, JitOptions, JittedOnDevice, LoweredProgram } from "./jit/jit.js";
export { jvp } from "./transforms/jvp.js";
export { linearize } from "./transforms/linearize.js";
export type { Linearization } from "./transforms/linearize.js";
export { Program } from "./program/program.js";
export { savedBytes } from "./transforms/saved-bytes.js";
export { sparseHessian } from "./sparse/sparse-hessian.js";
export { sparseJacobian } from "./sparse/sparse-jacobian.js";
export type { SparseOptions } from "./sparse/sparse-jacobian.js";
export { placesOfEntries } from "./sparse/pattern/csr.js";
export type { Csr, CsrPattern } from "./sparse/pattern/csr.js";
export type { GivenPattern } from "./sparse/pattern/given-pattern.js";
export type { SparseDerivative } from "./sparse/sparse-derivative.js";
export { vmap } from "./transforms/vmap.js";
export type { BatchOf, VmapOptions } from "./transforms/vmap.js";
export type { AxisTree } from "./batch/axes.js";
export { vjp } from "./transforms/vjp.js";
/** Trees: plain objects and arrays, nested, with tensors at the leaves; as vectors that can be added and scaled. */
export * as tree from "./tree/index.js";
export type { Tensors, Tree, TreeLike } from "./tree/index.js";
export { stopGradient, UnknownValueError } from "@cotangent/core-tensor";
// What implicit differentiation and other extensions build on.
export { linearizeFor } from "./transforms/linearize.js";
export type { Playable } from "./transforms/linearize.js";
export { realScalar } from "./transforms/scalar.js";
export { innermostTrace, joinTangents, refuseSeries } from "./jvp/innermost.js";
export { Dual, JvpTrace } from "./jvp/jvp-trace.js";
export { BatchTrace } from "./batch/batch-trace.js";
export { Chain } from "./routine/chain.js";
export type { ChainOptions } from "./routine/chain.js";
export { Composition } from "./routine/composition.js";
export { Routine } from "./routine/routine.js";
export type { Differentiated, RoutineOptions } from "./routine/routine.js";
export { closureConvert } from "./opaque/closure-convert.js";
export type { ClosureConverted } from "./opaque/closure-convert.js";
export { isRecorded, opaque } from "./opaque/opaque.js";
export type { BatchedCall, OpaqueCall } from "./opaque/opaque-call.js";
export { isRecording } from "./program/unknown.js";
export { eachExample } from "./batch/each-example.js";
export { linearCall } from "./tape/linear-call.js";
export type { LinearCall } from "./tape/equation.js";
