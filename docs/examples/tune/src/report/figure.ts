import { escapeHtml } from "./html.js";

/** A plot with what is needed to understand it. */
export interface Figure {
  readonly title: string;
  readonly svg: string;
  /** The meaning of each colour. */
  readonly keys: readonly Key[];
  /** How to read it: HTML, of which the author escaped every name. */
  readonly caption: string;
}

interface Key {
  readonly label: string;
  readonly colour: string;
  readonly dashed?: boolean;
}

export function htmlFigure({ title, svg, keys, caption }: Figure): string {
  const legend = keys.map(
    ({ label, colour, dashed = false }) =>
      `<span><i class="${dashed ? "dashed" : "solid"}" style="color: ${colour}"></i>${escapeHtml(label)}</span>`,
  );
  return `<figure>
<h3>${escapeHtml(title)}</h3>
<p class="legend">${legend.join("")}</p>
<div class="scroll">${svg}</div>
<figcaption>${caption}</figcaption>
</figure>`;
}
