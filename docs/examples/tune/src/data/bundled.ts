import { fileURLToPath } from "node:url";

/** The data set of a run without options: Breast Cancer Wisconsin (Diagnostic), see data/README.md. */
export const bundled = { path: fileInData("breast-cancer.csv"), target: "benign" };

/** Beside src, and so beside dist, which esbuild writes. */
function fileInData(name: string): string {
  return fileURLToPath(new URL(`./${name}`, new URL("../data/", import.meta.url)));
}
