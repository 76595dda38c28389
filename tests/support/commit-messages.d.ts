/** What is wrong with a commit's message, a line for each fault. */
export function faultsOf(message: string): string[];
