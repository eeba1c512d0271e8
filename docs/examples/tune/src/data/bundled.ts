import { fileURLToPath } from "node:url";
import { home } from "../home.js";

/** The data set of a run without options: Breast Cancer Wisconsin (Diagnostic), see data/README.md. */
export const bundled = {
  path: fileURLToPath(new URL("data/breast-cancer.csv", home)),
  target: "benign",
};
