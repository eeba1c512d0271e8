import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";

const root = dirname(dirname(import.meta.dirname));
const skipped = new Set(["node_modules", "dist", "coverage"]);

/** Every Markdown file of the repository. */
function* markdownIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name) || entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* markdownIn(path);
    else if (entry.name.endsWith(".md")) yield path;
  }
}

/** The text without what only looks like a link or a heading: code. */
function prose(path: string): string {
  return readFileSync(path, "utf8")
    .replaceAll(/^```.*?^```$/gms, "")
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ""));
}

/** Targets of [text](target) and of [name]: target, without those that lead out of the repository. */
function relativeLinks(path: string): string[] {
  const found = prose(path).matchAll(/\]\(([^)\s]+)[^)]*\)|^\[[^\]]+\]:\s*(\S+)/gm);
  return [...found].map((match) => (match[1] ?? match[2])!).filter((target) => !/^[a-z]+:/i.test(target));
}

/** The anchors that GitHub gives to the headings of a file. */
function anchorsOf(path: string): string[] {
  return [...prose(path).matchAll(/^#+\s+(.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-"),
  );
}

function isBroken(from: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : join(dirname(from), path);
  if (relative(root, target).startsWith("..") || !existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(target).includes(anchor);
}

describe("relative links in Markdown files", () => {
  const files = [...markdownIn(root)];

  test("there are some", () => {
    expect(files.flatMap(relativeLinks).length).toBeGreaterThan(20);
  });

  test.each(files.map((path) => [relative(root, path), path]))("%s", (_, path) => {
    expect(relativeLinks(path).filter((link) => isBroken(path, link))).toEqual([]);
  });

  test("the index of decisions lists every one, in order", () => {
    const folder = join(root, "docs/decisions");
    const decisions = readdirSync(folder).filter((name) => /^\d{4}-.*\.md$/.test(name));
    expect(relativeLinks(join(folder, "README.md"))).toEqual(decisions.sort());
  });
});
