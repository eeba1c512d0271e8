import type { Abstract, DType } from "@cotangent/core-tensor";

/** What is printed of a straight list of equations. */
export interface Listing {
  readonly constants: readonly Named[];
  readonly inputs: readonly Named[];
  readonly lines: readonly ListedEquation[];
  readonly outputs: readonly string[];
}

/** A value and its name. */
export interface Named extends Abstract {
  readonly name: string;
}

/** outputs = name[params] operands */
interface ListedEquation {
  readonly outputs: readonly Named[];
  readonly name: string;
  readonly params: readonly string[];
  readonly operands: readonly string[];
  /** Texts of programs that the operation is made of, by name. */
  readonly parts?: Readonly<Record<string, string>>;
}

/**
 * The text of a list of equations:
 *
 *     { lambda c:f64[2,2] ; a:f64[2] .
 *       let b:f64[2] = sin a
 *           d:f64[]  = sum[axes=[0]] b
 *       in (d) }
 */
export function formatListing({ constants, inputs, lines, outputs }: Listing): string {
  const declared = (values: readonly Named[]) => values.map(declaration).join(" ");
  const head = [constants.length > 0 ? `${declared(constants)} ;` : "", declared(inputs), "."];
  const left = lines.map((line) => declared(line.outputs) || "_");
  const width = left.reduce((most, text) => Math.max(most, text.length), 0);
  const body = lines.map(({ name, params, operands, parts = {} }, i) => {
    const options = params.length > 0 ? `[${params.join(" ")}]` : "";
    const right = [`${name}${options}`, ...operands].join(" ");
    const inner = Object.entries(parts).map(([part, text]) =>
      `\n${part} = ${text}`.replaceAll("\n", "\n        "),
    );
    return `  ${i === 0 ? "let" : "   "} ${left[i]!.padEnd(width)} = ${right}${inner.join("")}`;
  });
  return [
    `{ lambda ${head.filter((part) => part !== "").join(" ")}`,
    ...body,
    `  in (${outputs.join(", ")}) }`,
  ].join("\n");
}

const dtypes: Readonly<Record<DType, string>> = {
  float64: "f64",
  float32: "f32",
  int32: "i32",
  bool: "bool",
};

/** `f64[2,3]` */
export function formatType({ shape, dtype }: Abstract): string {
  return `${dtypes[dtype]}[${shape.join(",")}]`;
}

function declaration(value: Named): string {
  return `${value.name}:${formatType(value)}`;
}

/** The parameters of a primitive as `axis=0`. */
export function formatParams(params: object): string[] {
  return Object.entries(params).map(([key, value]) => `${key}=${formatValue(value)}`);
}

function formatValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatValue).join(",")}]`;
  return String(value);
}
