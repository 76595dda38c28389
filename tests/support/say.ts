/** A line about what a long test is doing, for whoever watches the run; the reporter has it in a pipe. */
export function say(line: string): void {
  process.stdout.write(`      ${line}\n`);
}
