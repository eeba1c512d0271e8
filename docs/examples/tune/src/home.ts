/** The folder of this example. It is one level up from src/home.ts and from dist/main.js, into which it is bundled. */
export const home = new URL("../", import.meta.url);
