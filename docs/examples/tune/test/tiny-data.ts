/** A repeatable sequence of numbers in (-1, 1) that look random. */
const noise = (i: number): number => Math.sin(12.9898 * (i + 1)) * Math.cos(78.233 * (i + 1));

/** A small table: two features that matter, one that does not. */
export function tinyCsv(
  target: (signal: number, i: number) => string,
  columns = ["first", "second", "third", "target"],
): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [a, b, c] = [noise(i), noise(i + 100), noise(i + 200)];
    return [a, 5 + 2 * b, 100 * c, target(2 * a - b + 0.5 * noise(i + 300), i)].join(",");
  });
  return [columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(","), ...rows].join("\n");
}

export const twoClasses = (signal: number): string => (signal > 0 ? "yes" : "no");

export const aNumber = (signal: number): string => String(10 + 3 * signal);
