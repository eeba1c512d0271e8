import { readFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { home } from "../home.js";

/** Where the times were measured. */
export function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${processors.length} logical cores, ${memory} GiB, ${platform()} ${release()} (${arch()})`;
}

/** With what. The five packages are released together under one version. */
export function versions(): string {
  const path = new URL("../../../packages/solvers/package.json", home);
  const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
  const hasVersion = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return `Cotangent ${hasVersion ? String(manifest.version) : "(unknown version)"}, Node ${process.version}`;
}
