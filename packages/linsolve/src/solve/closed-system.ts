import { peel, tracedOf, UnknownValueError, type Tensor } from "@cotangent/core-tensor";
import { closureConvert, type ClosureConverted } from "@cotangent/autodiff";
import { leavesIn, treeIn, type LinearOperator, type Space } from "../operators/index.js";
import { LinearSystem } from "../system/index.js";

type Leaves = readonly Tensor[];

/** What a solve is made of, as values: to be made anew of other ones. */
export interface ClosedSystem {
  readonly domain: Space;
  readonly codomain: Space;
  /** The traced values that it depends on. */
  readonly captures: Leaves;
  readonly open: (captures: Leaves) => SystemValues;
}

/** The operator, its preconditioner and the first guess. */
export interface SystemValues {
  readonly operator: LinearOperator;
  readonly preconditioner: LinearOperator | undefined;
  readonly x0: unknown;
}

/** What these depend on, taken out of them, while a program is recorded. Operators become what was recorded of them. */
export function closedSystem({ operator, preconditioner, x0 }: SystemValues): ClosedSystem {
  const { domain, codomain } = operator;
  const A = closedOperator(operator);
  const M = preconditioner === undefined ? undefined : closedOperator(preconditioner);
  const start = x0 === undefined ? undefined : leavesIn(domain, x0, "linearSolve: x0");
  const [ofM, ofStart] = [M?.captures ?? [], start ?? []];
  const [m, n] = [A.captures.length, A.captures.length + ofM.length];
  return {
    domain,
    codomain,
    captures: [...A.captures, ...ofM, ...ofStart],
    open: (values) => ({
      operator: A.open(values.slice(0, m)),
      preconditioner: M?.open(values.slice(m, n)),
      x0: start === undefined ? undefined : treeIn(domain, values.slice(n)),
    }),
  };
}

interface ClosedOperator {
  readonly captures: Leaves;
  readonly open: (captures: Leaves) => LinearOperator;
}

function closedOperator(operator: LinearOperator): ClosedOperator {
  const { withMatrix } = operator;
  if (withMatrix !== undefined && operator.materialise !== undefined) {
    const A = peel(operator.materialise());
    return tracedOf(A) === undefined
      ? { captures: [], open: () => operator }
      : { captures: [A], open: ([values]) => withMatrix(values!) };
  }
  const forward = recordedProduct(operator);
  if (forward === undefined || forward.captures.length === 0) return { captures: [], open: () => operator };
  const transposed = (ys: Leaves): Leaves => productOf(operator.transpose(), ys);
  const matrix = operator.materialise && closureConvert(() => [operator.materialise!()], []);
  return recordedOperator(operator, {
    forward,
    backward: closureConvert(transposed, operator.codomain.leaves),
    matrix,
  });
}

/** The product as it is recorded; undefined for one that asks for numbers and depends on no traced value. */
function recordedProduct(operator: LinearOperator): ClosureConverted | undefined {
  try {
    return closureConvert((xs) => productOf(operator, xs), operator.domain.leaves);
  } catch (error) {
    const isBlackBox = error instanceof UnknownValueError;
    if (isBlackBox && new LinearSystem({ operator, claims: operator.claims }).traces.length === 0)
      return undefined;
    throw error;
  }
}

interface Recordings {
  readonly forward: ClosureConverted;
  readonly backward: ClosureConverted;
  readonly matrix: ClosureConverted | undefined;
}

/** An operator of what was recorded of another one: its products, those of its transpose, and its matrix. */
function recordedOperator(
  { name, domain, codomain, claims }: Omit<LinearOperator, "apply" | "transpose" | "materialise">,
  { forward, backward, matrix }: Recordings,
): ClosedOperator {
  const all = [forward, backward, ...(matrix === undefined ? [] : [matrix])].map(({ captures }) => captures);
  // A value is the same if it has the same content: tensors are made anew around it.
  const unique = new Map(all.flat().map((x) => [x.content, x]));
  const places = new Map([...unique.keys()].map((content, i) => [content, i]));
  const positions = all.map((captures) => captures.map(({ content }) => places.get(content)!));
  return {
    captures: [...unique.values()],
    open: (values) => {
      const of = (part: number): Leaves => positions[part]!.map((i) => values[i]!);
      const map =
        (from: Space, to: Space, { call }: ClosureConverted, part: number) =>
        (x: unknown) =>
          treeIn(to, call(of(part), leavesIn(from, x, `${name}: argument`)));
      const opened: LinearOperator = {
        name,
        domain,
        codomain,
        claims,
        apply: map(domain, codomain, forward, 0),
        transpose: () => ({
          name: `transpose(${name})`,
          domain: codomain,
          codomain: domain,
          claims,
          apply: map(codomain, domain, backward, 1),
          transpose: () => opened,
        }),
        ...(matrix && { materialise: () => matrix.call(of(2), [])[0]! }),
      };
      return opened;
    },
  };
}

function productOf(operator: LinearOperator, x: Leaves): Leaves {
  const { domain, codomain, name } = operator;
  return leavesIn(codomain, operator.apply(treeIn(domain, x)), `${name}: result`);
}
