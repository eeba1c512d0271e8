/** Input that the user can correct: a bad file, column or option. One line; the program ends with code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}

const longest = 60;

/** Text of unknown origin, made safe for one line of a message: quoted, escaped, shortened. */
export function quote(text: string): string {
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest)}...` : text);
}

/** A list for a message: quoted, and cut after eight. */
export function quoteAll(texts: readonly string[]): string {
  const shown = texts.slice(0, 8).map(quote).join(", ");
  return texts.length > 8 ? `${shown}, ... (${String(texts.length)} in all)` : shown;
}
