import { Buffer } from "node:buffer";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./run.mjs";

/** What a bundle may leave to be found at run time: gpu.js is loaded on demand, and only where it is wanted. */
const external = ["gpu.js"];

/**
 * Bundles a module for the browser, minified, as an application would: from the built packages, by their `exports`.
 * Throws for a Node built-in, which esbuild does not resolve for browsers, and for any other import left open.
 */
export async function bundleForBrowser(source, loader = "js") {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, loader, resolveDir: join(root, "docs"), sourcefile: "page" },
    // No tsconfig: its `paths` lead to the sources.
    tsconfigRaw: {},
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    minify: true,
    external,
    write: false,
    metafile: true,
    absWorkingDir: root,
    logLevel: "warning",
  });
  const open = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const wrong = open.filter((path) => !external.includes(path));
  if (wrong.length > 0) throw new Error(`The bundle imports what no browser has: ${wrong.join(", ")}`);
  const sources = Object.keys(metafile.inputs).filter((path) => /^packages\/[^/]+\/src\//.test(path));
  if (sources.length > 0) throw new Error(`The bundle takes sources, not what was built: ${sources[0]}`);
  return outputFiles[0].text;
}

/** Minified and compressed size, for people. */
export function sizes(code) {
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  return `${kilobytes(Buffer.byteLength(code))} minified, ${kilobytes(gzipSync(code, { level: 9 }).length)} compressed`;
}
