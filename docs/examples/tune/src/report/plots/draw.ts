import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Colours by role; style.ts gives each a light and a dark value. */
export const colours = {
  single: "var(--single)",
  tuned: "var(--tuned)",
  third: "var(--third)",
  muted: "var(--muted)",
  grid: "var(--line)",
} as const;

/** An SVG element as text: drawn in a document of its own, since Node has none. */
export function draw(options: Plot.PlotOptions & { readonly ariaLabel: string }): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const style = { fontSize: "12px", overflow: "visible" };
  return Plot.plot({ document, style, ...options }).outerHTML;
}
