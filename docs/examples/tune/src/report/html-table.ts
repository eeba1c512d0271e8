import { escapeHtml } from "./html.js";
import type { TextTable } from "./rows.js";

/** The first column names the row, the others are numbers. */
export function htmlTable([head = [], ...body]: TextTable): string {
  const headings = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const rows = body.map(([name = "", ...cells]) => {
    const numbers = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${escapeHtml(name)}</th>${numbers}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${headings}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}
