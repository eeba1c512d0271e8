/** What the program tells the shell. */
export const exitCodes = { success: 0, failure: 1, badInput: 2 } as const;
