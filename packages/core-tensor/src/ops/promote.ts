import { bindOne } from "../dispatch/index.js";
import { isFloat, promote, type DType } from "../dtype/index.js";
import { DTypeError, ValueError } from "../errors/index.js";
import { cast } from "../primitives/elementwise.js";
import { hostArray } from "../tensor/host-array.js";
import { asTensor, type Like } from "../tensor/like.js";
import { Tensor } from "../tensor/tensor.js";

/** x converted to `dtype` (no operation when it has it). */
export function astype(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : bindOne(cast, [x], { dtype });
}

/** Operands as tensors of one dtype: NumPy's promotion, where bare numbers adapt to the tensors. */
export function promoteAll(xs: readonly Like[]): Tensor[] {
  if (areAlike(xs)) return xs.slice();
  let dtype: DType | undefined;
  for (const x of xs) {
    if (x instanceof Tensor) dtype = dtype === undefined ? x.dtype : promote(dtype, x.dtype);
  }
  const tensors = xs.map((x) => asTensor(x, dtype));
  const common = tensors.reduce((type, x) => promote(type, x.dtype), tensors[0]!.dtype);
  return tensors.map((x) => astype(x, common));
}

/** Operands of arithmetic: as `promoteAll`, and bool counts as int32. */
export function promoteNumbers(xs: readonly Like[]): Tensor[] {
  const alike = promoteAll(xs);
  return alike[0]!.dtype === "bool" ? alike.map((x) => astype(x, "int32")) : alike;
}

/** Operands of a function with values in the reals: as `promoteAll`, and integers become float64. */
export function promoteFloats(xs: readonly Like[]): Tensor[] {
  const alike = promoteAll(xs);
  return isFloat(alike[0]!.dtype) ? alike : alike.map((x) => astype(x, "float64"));
}

/** Tensors of one dtype, as most operands are: there is nothing to do. */
function areAlike(xs: readonly Like[]): xs is readonly Tensor[] {
  for (const x of xs) {
    if (!(x instanceof Tensor) || x.dtype !== (xs[0] as Tensor).dtype) return false;
  }
  return xs.length > 0;
}

/** Refuses anything but int32 (or whole numbers, which it converts). */
export function asIndices(x: Like, where: string): Tensor {
  const indices = asTensor(x, "int32");
  if (indices.dtype === "int32") return indices;
  if (indices.dtype === "bool") {
    throw new DTypeError(
      `${where}: indices must be int32, got bool. A mask does not select elements here, because the shape of the result would ` +
        "depend on values: use where, or multiply by the mask",
    );
  }
  if (x instanceof Tensor) {
    throw new DTypeError(
      `${where}: indices must be int32, got ${indices.dtype}; convert them with astype("int32")`,
    );
  }
  const broken = hostArray(indices, where).find((index) => !Number.isInteger(index));
  if (broken !== undefined)
    throw new ValueError(`${where}: indices must be whole numbers, got ${String(broken)}`);
  return astype(indices, "int32");
}
