import { resultsFile } from "./results.mjs";

/** Jest, leaving its counts under the given name. */
export const jestCommand = (name) => [
  "jest",
  "--passWithNoTests",
  "--json",
  `--outputFile=${resultsFile(name)}`,
];
