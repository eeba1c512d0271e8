import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tensor, type Tensor } from "@cotangent/core-tensor";

/** Numbers between -1 and 1: the same ones as of shared_data.py. */
export function filled(...shape: readonly number[]): Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Float64Array.from({ length: count }, (_, i) => Math.sin(i)),
    { shape },
  );
}

let folder: string | undefined;

/** Writes the numbers of a tensor where another process can read them, and returns the path. */
export function share(name: string, x: Tensor): string {
  folder ??= mkdtempSync(join(tmpdir(), "cotangent-bench-"));
  const path = join(folder, `${name}.f64`);
  writeFileSync(path, new Uint8Array(x.toTypedArray().buffer));
  return path;
}
