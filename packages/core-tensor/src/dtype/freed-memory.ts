/** Arrays of so many bytes and more are returned to the system, one by one, by an allocator that has not seen larger ones. */
const LARGE = 128 * 1024;
/** The most that the allocator of glibc adapts to is 32 MiB. */
const LARGEST = 31 * 2 ** 20;

let isKept = false;

/**
 * Makes large arrays come from memory that the process has already: that of arrays which are garbage by now. Otherwise each
 * is a new mapping, every page of which costs a page fault (1.5 µs for 4 kB in a virtual machine: more than an exponential
 * of all the numbers in it).
 *
 * The allocator of glibc, under Node on Linux, keeps freed blocks up to the size of the largest mapping that was ever freed, and
 * twice as much in all. So a block that is never touched, and has no memory therefore, is got and dropped once. Elsewhere it
 * changes nothing, and in browsers it is not done. See docs/decisions/0044.
 */
export function keepFreedMemory(bytes: number): void {
  if (isKept || bytes < LARGE) return;
  isKept = true;
  if ("process" in globalThis) new ArrayBuffer(LARGEST);
}
