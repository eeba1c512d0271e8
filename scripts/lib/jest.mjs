import { resultsFile } from "./results.mjs";

/** Jest, leaving its counts under the given name. */
export const jestCommand = (name) => ["jest", "--json", `--outputFile=${resultsFile(name)}`];
