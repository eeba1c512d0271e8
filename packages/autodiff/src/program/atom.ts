import { isTensor, type Abstract, type DType, type Shape, type Tensor } from "@cotangent/core-tensor";

/** A value of a program, not known before it is run. Two variables are the same if they are the same object. */
export class Variable implements Abstract {
  constructor(
    readonly shape: Shape,
    readonly dtype: DType,
  ) {}
}

/** What an equation reads: a variable, or a constant. */
export type Atom = Variable | Tensor;

/** Is this a constant of the program? */
export function isConstant(atom: Atom): atom is Tensor {
  return isTensor(atom);
}
