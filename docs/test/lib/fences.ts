import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A TypeScript code fence of a document or of a comment. */
export interface Fence {
  /** Path from the root of the repository. */
  readonly file: string;
  /** Line of the file that holds the first line of code. */
  readonly line: number;
  readonly code: string;
  /** False for fences marked `no-run`: their types are checked, but they are not run. */
  readonly run: boolean;
}

const skipped = new Set(["node_modules", "dist", "coverage", "test"]);

/** All TypeScript fences: of Markdown files, and of comments in the sources of the packages. */
export function findFences(root: string): Fence[] {
  const atRoot = readdirSync(root).filter((name) => name.endsWith(".md"));
  const documents = [...atRoot, ...filesIn(root, "docs", ".md"), ...filesIn(root, "packages", ".md")];
  const sources = filesIn(root, "packages", ".ts").filter((file) => /^packages\/[^/]+\/src\//.test(file));
  return [...documents, ...sources].flatMap((file) => fencesOf(file, readFileSync(join(root, file), "utf8")));
}

function filesIn(root: string, folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return entry.name.endsWith(ending) ? [path] : [];
      return skipped.has(entry.name) ? [] : filesIn(root, path, ending);
    })
    .sort();
}

/** The fences of one file; in sources, those inside of comments. */
export function fencesOf(file: string, text: string): Fence[] {
  // What stands before the code on each line: the star of a comment, or the indentation of a list.
  const margin = file.endsWith(".md") ? /^(\s*)/ : /^(\s*\* ?)/;
  const lines = text.split("\n");
  const fences: Fence[] = [];
  for (let i = 0; i < lines.length; i++) {
    const prefix = margin.exec(lines[i]!)?.[1];
    const opened =
      prefix === undefined ? null : /^```(?:ts|typescript)\b(.*)$/.exec(lines[i]!.slice(prefix.length));
    if (prefix === undefined || opened === null) continue;
    const first = i + 1;
    const code: string[] = [];
    const inside = () =>
      lines[++i]?.slice(0, prefix.length).trim() === prefix.trim() || lines[i]?.trim() === prefix.trim();
    while (inside() && !lines[i]!.slice(prefix.length).startsWith("```"))
      code.push(lines[i]!.slice(prefix.length));
    if (lines[i] === undefined || !lines[i]!.slice(prefix.length).startsWith("```")) {
      throw new Error(`${file}:${String(first)}: this code fence is not closed`);
    }
    const fence = { file, line: first + 1, code: code.join("\n"), run: !/\bno-run\b/.test(opened[1]!) };
    if (/\bcontinued\b/.test(opened[1]!)) fences.push(joined(fences.pop(), fence));
    else fences.push(fence);
  }
  return fences;
}

/** A fence that goes on where the one before it ended is one example with it, whose lines keep their distance. */
function joined(before: Fence | undefined, fence: Fence): Fence {
  if (before?.run !== fence.run) {
    throw new Error(
      `${fence.file}:${String(fence.line - 1)}: there is no example before that this one continues`,
    );
  }
  const between = fence.line - before.line - before.code.split("\n").length;
  return { ...before, code: before.code + "\n".repeat(between + 1) + fence.code };
}
