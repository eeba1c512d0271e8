// `npm run docs`: the guides and the reference of all packages as a site, docs/dist/index.html.
import { run } from "./lib/run.mjs";
import { install } from "./setup.mjs";

process.exitCode = install() || run(["typedoc", "--options", "docs/typedoc.jsonc"]);
