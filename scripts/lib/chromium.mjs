import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/**
 * The browser to test with: the file that COTANGENT_CHROMIUM names, or the first Chromium on PATH. Undefined when there
 * is none, or when the variable is set but empty, which asks for no browser.
 */
export function findChromium() {
  const named = process.env.COTANGENT_CHROMIUM;
  if (named === undefined) {
    const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];
    return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
  }
  if (named === "") return undefined;
  if (!existsSync(named)) throw new Error(`COTANGENT_CHROMIUM names ${named}, which does not exist.`);
  return named;
}
