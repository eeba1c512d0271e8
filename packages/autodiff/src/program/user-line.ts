/** Where files of this library lie: in its repository, or installed. */
const library =
  /@cotangent[\\/]|packages[\\/](core-tensor|autodiff|linsolve|implicit|solvers)[\\/](src|dist)[\\/]/;

/** The line of the user's code that runs now, as `file:line:column`, where the stack says it. */
export function userLine(): string | undefined {
  const frames = (new Error("where").stack ?? "").split("\n").slice(1);
  const user = frames.find((frame) => !library.test(frame) && /:\d+:\d+\)?$/.test(frame));
  // Bundled into one file, library and user cannot be told apart: then the line would be one of the library.
  if (user === undefined || !frames.some((frame) => library.test(frame))) return undefined;
  return user
    .trim()
    .replace(/^at (?:.*\()?/, "")
    .replace(/\)$/, "");
}
