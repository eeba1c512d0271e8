import {
  hostArray,
  sizeOf,
  Tensor,
  tracedOf,
  UnknownValueError,
  withTrace,
  type Abstract,
  type Primitive,
  type Traced,
} from "@cotangent/core-tensor";
import { RuleError } from "../../errors/errors.js";
import { setsOf } from "../../rules/pattern/families.js";
import type { PatternRule } from "../../rules/pattern/rule.js";
import { patternRules } from "../../rules/pattern/table.js";
import type { CallTrace } from "../../tape/apply-call.js";
import type { LinearCall } from "../../tape/equation.js";
import { isLinearPrimitive } from "../../rules/transpose/table.js";
import { IndexSets } from "../../rules/pattern/index-sets.js";
import { patternOfRows, type Pattern } from "./pattern.js";

/** What each element of a tensor depends on, in place of its number. */
class Dependence implements Traced {
  readonly primal = undefined;

  constructor(
    readonly trace: PatternTrace,
    readonly sets: Tensor,
  ) {}
}

/** Plays a tape on sets of inputs instead of numbers: which outputs depend on which inputs. */
class PatternTrace implements CallTrace {
  readonly name = "sparsity pattern";
  alive = true;
  held = 0;
  readonly pool: IndexSets;

  constructor(
    readonly level: number,
    size: number,
  ) {
    this.pool = new IndexSets(size);
  }

  /** A tensor whose elements depend on these sets. */
  tensorOf({ shape, dtype }: Abstract, sets: Tensor): Tensor {
    return new Tensor(shape, dtype, new Dependence(this, sets));
  }

  /** The sets that the elements of a tensor depend on, null for a constant. */
  setsOf(x: Tensor): Tensor | null {
    const content = tracedOf(x);
    return content instanceof Dependence && content.trace === this ? content.sets : null;
  }

  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[] {
    const { name } = primitive;
    if (!isLinearPrimitive(name)) {
      throw new RuleError(
        `${name}: a linear map applied this operation to its argument, but it is not linear`,
      );
    }
    // Each rule is typed by the parameters of its own primitive; the pairing by name is what the table guarantees.
    const rule = patternRules[name] as PatternRule<never>;
    const sets = inputs.map((x) => this.setsOf(x));
    return primitive.shape(inputs, params).map((output) => {
      const at = { sets, inputs, primitive, params: params as never, shape: output.shape, pool: this.pool };
      return this.tensorOf(output, rule(at));
    });
  }

  /** A linear map given as code. Where that needs numbers, as a solve does, all of the output depends on all of the input. */
  applyCall(call: LinearCall, inputs: readonly Tensor[]): readonly Tensor[] {
    try {
      return call.apply(inputs);
    } catch (error) {
      if (!(error instanceof UnknownValueError || error instanceof RuleError)) throw error;
    }
    const sets = inputs.flatMap((x) => [...hostArray(this.setsOf(x) ?? setsOf(x.shape), this.name)]);
    const all = this.pool.unionOf(sets);
    return call.outputs.map((output) => {
      const dense = new Int32Array(sizeOf(output.shape)).fill(all);
      return this.tensorOf(output, setsOf(output.shape, dense));
    });
  }
}

/** The pattern of the matrix of a linear map between vectors. */
export function tracePattern(map: (x: Tensor) => Tensor, { shape, dtype }: Abstract): Pattern {
  const size = shape[0]!;
  return withTrace<PatternTrace, Pattern>(
    (level) => new PatternTrace(level, size),
    (trace) => {
      // The number of {k} is k + 1
      const singletons = setsOf(
        shape,
        Int32Array.from({ length: size }, (_, k) => k + 1),
      );
      const result = map(trace.tensorOf({ shape, dtype }, singletons));
      const sets = hostArray(trace.setsOf(result) ?? setsOf(result.shape), trace.name);
      return patternOfRows(
        Array.from(sets, (set) => trace.pool.members(set)),
        size,
      );
    },
  );
}
