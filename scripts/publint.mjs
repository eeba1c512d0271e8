// publint over the packed packages: are the manifest and the files that it names in order?
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packed } from "./lib/archives.mjs";

for (const archive of packed()) {
  const { buffer } = new Uint8Array(readFileSync(archive));
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  console.log(`${basename(archive)}: ${messages.length === 0 ? "in order" : ""}`);
  for (const message of messages) console.log(`  ${message.type}: ${formatMessage(message, pkg)}`);
  if (messages.length > 0) process.exitCode = 1;
}
