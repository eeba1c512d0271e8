// Jest transformer: esbuild strips the types and turns ES modules into CommonJS, nothing more. Types are
// checked by tsc, separately (docs/decisions/0003).
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";

export default {
  process: (source, filename) =>
    transformSync(source, {
      sourcefile: filename,
      loader: filename.endsWith(".ts") ? "ts" : "js",
      format: "cjs",
      platform: "node",
      target: "node20",
      sourcemap: "inline",
      // Jest's CommonJS sandbox has no import(): it becomes a require() that resolves to the same namespace.
      supported: { "dynamic-import": false },
      define: {
        "import.meta.url": JSON.stringify(pathToFileURL(filename).href),
        "import.meta.dirname": JSON.stringify(dirname(filename)),
      },
    }),
};
