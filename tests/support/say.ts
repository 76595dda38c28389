/** Prints what a long test is doing. */
export function say(line: string): void {
  process.stdout.write(`      ${line}\n`);
}
