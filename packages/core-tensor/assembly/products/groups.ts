/** The size of the next group when `left` are left: as few groups of at most 4 as there can be, nearly equal. */
export function groupOf(left: usize): usize {
  return left / ((left + 3) / 4);
}
