// Does the library work in a browser? Bundles the example of README.md and every entry point from the built packages,
// runs both in headless Chromium and compares what the example gives with what README.md says; then compares the bits of
// many results with those that Node gives. Skipped without Chromium.
import { chromium } from "playwright-core";
import { bitsModule } from "./lib/bits.mjs";
import { bundleForBrowser, sizes } from "./lib/browser-bundle.mjs";
import { findChromium } from "./lib/chromium.mjs";
import { readmeExample } from "./lib/readme-example.mjs";
import { SKIPPED } from "./lib/results.mjs";
import { packages } from "./lib/workspace.mjs";

/** Imports every entry point, whole, and tells how much each exports. */
function entryPoints() {
  const specifiers = packages().flatMap(({ name, entries }) =>
    entries.map((entry) => (entry === "" ? name : `${name}/${entry}`)),
  );
  const imports = specifiers.map((specifier, i) => `import * as entry${i} from "${specifier}";`);
  const counts = specifiers.map((specifier, i) => `["${specifier}", Object.keys(entry${i}).length]`);
  return `${imports.join("\n")}\nglobalThis.entryPoints = [${counts.join(", ")}];`;
}

const html = `<!doctype html><title>Cotangent</title><link rel="icon" href="data:,">
<script type="module" src="entry-points.js"></script><script type="module" src="example.js"></script>
<script type="module" src="bits.js"></script>`;

// The strictest policy that the library runs under: kernels need 'unsafe-eval' (docs/decisions/0010), and nothing else.
const policy = "default-src 'none'; img-src data:; script-src 'self' 'unsafe-eval'";

/** Answers the page's requests without a server; whatever else it may ask for is refused, which is an error there. */
async function serve(page, files) {
  await page.route("**/*", async (route) => {
    const body = files[new URL(route.request().url()).pathname];
    if (body === undefined) return route.abort();
    const contentType = body === html ? "text/html; charset=utf-8" : "text/javascript";
    return route.fulfill({ body, contentType, headers: { "Content-Security-Policy": policy } });
  });
}

/** Opens the page and returns what it left behind, and every error and warning of the console. */
async function visit(executablePath, files) {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));
    await serve(page, files);
    // Module scripts run before the load event.
    await page.goto("http://localhost/", { waitUntil: "load" });
    const [entries, shown] = await page.evaluate("[globalThis.entryPoints ?? [], globalThis.shown ?? []]");
    const [kernels, bits] = await page.evaluate("[globalThis.kernels, globalThis.bits ?? {}]");
    return { version: browser.version(), complaints, entries, shown, kernels, bits };
  } finally {
    await browser.close();
  }
}

/** How a value is laid out is not what an example is about. */
const same = ({ text, got }) => layoutFree(text) === layoutFree(got);
const layoutFree = (text) => text.replaceAll(/\\n|\s+/g, "");

/** Compares what the example gave with what README.md says; returns whether all is well. */
function judge({ version, complaints, entries, shown }, expected) {
  console.log(`Chromium ${version}`);
  for (const [specifier, count] of entries) console.log(`${specifier}: ${count} exports`);
  for (const item of shown) console.log(same(item) ? item.line : `${item.line}   BUT GOT ${item.got}`);
  for (const complaint of complaints) console.error(`The page complains: ${complaint}`);
  if (shown.length !== expected) console.error(`${shown.length} of ${expected} assertions ran.`);
  return complaints.length === 0 && shown.length === expected && shown.every(same);
}

/** Do the kernels in WebAssembly run in the page, and does everything have the bits that it has here? */
async function judgeBits({ kernels, bits }, code) {
  console.log(`Kernels in WebAssembly: ${kernels}`);
  await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const names = Object.keys(globalThis.bits);
  const different = names.filter((name) => bits[name] !== globalThis.bits[name]);
  console.log(`The same bits as in Node: ${names.length - different.length} of ${names.length} results`);
  for (const name of different) console.error(`Node and the browser differ in ${name}.`);
  return kernels === "ready" && different.length === 0;
}

const example = readmeExample();
const files = {
  "/": html,
  "/example.js": await bundleForBrowser(example.module, "ts"),
  "/entry-points.js": await bundleForBrowser(entryPoints()),
  "/bits.js": await bundleForBrowser(bitsModule),
};
console.log(`The example of README.md: ${sizes(files["/example.js"])}`);
console.log(`All entry points: ${sizes(files["/entry-points.js"])}`);

const executablePath = findChromium();
if (executablePath === undefined) {
  console.log("skipped: no Chromium (put it on PATH, or name it in COTANGENT_CHROMIUM)");
  process.exitCode = SKIPPED;
} else {
  const seen = await visit(executablePath, files);
  const isRight = [judge(seen, example.assertions), await judgeBits(seen, files["/bits.js"])];
  process.exitCode = isRight.every(Boolean) ? 0 : 1;
}
