/** The one place that writes to the console. */
export function writeLine(text: string): void {
  // eslint-disable-next-line no-console -- this is what the caller of print asked for
  console.log(text);
}
