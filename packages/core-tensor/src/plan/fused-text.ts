import type { DType } from "../dtype/index.js";
import { operandNames } from "../kernels/map.js";
import { BLOCK } from "../kernels/reduce.js";
import type { Access, FusedKernel, FusedMap, FusedValue } from "./fused-kernel.js";
import { joinAxes, type LoopAxis } from "./loop-axes.js";

/**
 * The text of a fused kernel as a function body of `operands` and `results`: a nest of loops over the kept axes and, inside
 * of it, one over the reduced axes. Lengths and strides are written into it.
 *
 * A sum adds in the order of `sumKernel`, block by block, so that its bits are the same.
 */
export function fusedText({ domain, reduced, values, after, results }: FusedKernel): string {
  const lines: string[] = [`"use strict";`];
  const loads = values.filter((value) => value.kind === "load");
  const accesses: readonly Access[] = [...loads, ...results];
  const axis = (k: number): LoopAxis => ({
    length: domain[k]!,
    strides: accesses.map(({ strides }) => strides[k]!),
  });
  const numbers = [...domain.keys()];
  const kept = joinAxes(numbers.filter((k) => !reduced[k]!).map(axis));
  const inner = joinAxes(numbers.filter((k) => reduced[k]!).map(axis));
  const isReduction = reduced.some((is) => is);
  /** Positions of the accesses, as texts in the indices of the loops that are open. */
  let positions = accesses.map(({ offset }) => String(offset));
  let opened = 0;

  /** What stands inside of a loop over an axis, to its closing brace. */
  const at = ({ strides }: LoopAxis, index: string, body: () => void): void => {
    const outside = positions;
    positions = positions.map((position, access) => {
      const stride = strides[access]!;
      if (stride === 0) return position;
      const term = stride === 1 ? index : `${index} * ${String(stride)}`;
      const name = `p${String(access)}_${index}`;
      lines.push(`const ${name} = ${position === "0" ? term : `${position} + ${term}`};`);
      return name;
    });
    body();
    lines.push("}");
    positions = outside;
  };
  const loop = (axis: LoopAxis, range: (index: string) => string, body: () => void): void => {
    const index = `i${String(opened++)}`;
    lines.push(range(index).replace("LENGTH", String(axis.length)));
    at(axis, index, body);
  };
  const nest = (axes: readonly LoopAxis[], body: () => void): void => {
    const [first, ...rest] = axes;
    if (first === undefined) body();
    else
      loop(
        first,
        (i) => `for (let ${i} = 0; ${i} < LENGTH; ${i}++) {`,
        () => nest(rest, body),
      );
  };
  const compute = (part: boolean): void => {
    values.forEach((value, v) => {
      if (after[v] !== part) return;
      if (value.kind === "load") {
        const position = positions[loads.indexOf(value)]!;
        lines.push(`const value${String(v)} = x${String(value.array)}[${position}];`);
      } else if (value.kind === "map") lines.push(mapText(value, v));
    });
    results.forEach(({ array, value }, r) => {
      const position = positions[loads.length + r]!;
      if (after[value] === part) lines.push(`y${String(array)}[${position}] = value${String(value)};`);
    });
  };
  const reductions = values.flatMap((value, v) => (isReducing(value) ? [{ ...value, v: String(v) }] : []));
  const reduce = (): void => {
    for (const { kind, v } of reductions) {
      lines.push(
        kind === "sum"
          ? `let total${v} = 0, part${v} = 0;`
          : `let value${v} = ${kind === "max" ? "-" : ""}Infinity;`,
      );
    }
    const sums = reductions.filter(({ kind }) => kind === "sum");
    const endBlock = sums.map(({ v }) => `total${v} += part${v}; part${v} = 0;`).join(" ");
    const step = (part = "part"): void => {
      compute(false);
      for (const { kind, v, input } of reductions) {
        const x = `value${String(input)}`;
        lines.push(kind === "sum" ? `${part}${v} += ${x};` : `value${v} = Math.${kind}(value${v}, ${x});`);
      }
    };
    const [only] = inner;
    if (sums.length === 0) nest(inner, step);
    else if (inner.length === 1 && only !== undefined) {
      const [block, length] = [String(BLOCK), String(only.length)];
      lines.push("let start = 0;");
      if (only.length >= 2 * BLOCK) {
        // Two blocks side by side: within one, each addition waits for the one before it.
        const i = `i${String(opened++)}`;
        const j = `j${i}`;
        lines.push(`for (; start + 2 * ${block} <= ${length}; start += 2 * ${block}) {`);
        lines.push(...sums.map(({ v }) => `let next${v} = 0;`));
        lines.push(
          `for (let ${i} = start, ${j} = start + ${block}; ${i} < start + ${block}; ${i}++, ${j}++) {`,
        );
        for (const [index, part] of Object.entries({ [i]: "part", [j]: "next" })) {
          lines.push("{");
          at(only, index, () => {
            step(part);
          });
        }
        lines.push("}", endBlock, ...sums.map(({ v }) => `total${v} += next${v};`), "}");
      }
      lines.push(`for (; start < ${length}; start += ${block}) {`);
      lines.push(`const end = Math.min(start + ${block}, ${length});`);
      loop(only, (i) => `for (let ${i} = start; ${i} < end; ${i}++) {`, step);
      lines.push(endBlock, "}");
    } else {
      lines.push("let count = 0;");
      nest(inner, () => {
        step();
        lines.push(`if (++count === ${String(BLOCK)}) { ${endBlock} count = 0; }`);
      });
    }
    for (const { v, dtype } of sums)
      lines.push(`const value${v} = ${rounded(`total${v} + part${v}`, dtype)};`);
  };

  for (const i of new Set(loads.map(({ array }) => String(array))))
    lines.push(`const x${i} = operands[${i}];`);
  for (const { array } of results) lines.push(`const y${String(array)} = results[${String(array)}];`);
  values.forEach((value, v) => {
    if (value.kind === "number") lines.push(`const value${String(v)} = ${numberText(value.value)};`);
  });
  nest(kept, () => {
    if (isReduction) reduce();
    compute(isReduction);
  });
  return lines.join("\n");
}

function isReducing(value: FusedValue): value is Extract<FusedValue, { kind: "sum" | "max" | "min" }> {
  return value.kind === "sum" || value.kind === "max" || value.kind === "min";
}

/** An expression in a, b, c with the names of its operands in their place, or in a block of its own if it defines names. */
function mapText({ expression, before, inputs, dtype }: FusedMap, v: number): string {
  const name = `value${String(v)}`;
  const operands = operandNames.slice(0, inputs.length);
  if (before.length === 0) {
    const text = expression.replaceAll(
      /\b[abc]\b/g,
      (letter) => `value${String(inputs[operands.indexOf(letter)]!)}`,
    );
    return `const ${name} = ${rounded(text, dtype)};`;
  }
  const declared = operands.map((letter, i) => `const ${letter} = value${String(inputs[i]!)};`);
  return `let ${name}; { ${[...declared, ...before].join(" ")} ${name} = ${rounded(expression, dtype)}; }`;
}

/** What is read back after a number was stored in an array of this dtype. */
function rounded(text: string, dtype: DType): string {
  if (dtype === "float32") return `Math.fround(${text})`;
  return dtype === "int32" ? `(${text}) | 0` : text;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
