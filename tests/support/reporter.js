import { relative } from 'node:path';

/** A file that runs longer than this says what it does, and says it again each time that so much has passed. */
const QUIET_MS = 30_000;

const seconds = (since) => `${Math.round((performance.now() - since) / 1_000)} s`;
const inShell = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
const asPattern = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Beside jest's own reporter: what a long run is doing, and how to run alone what has failed. */
export default class Reporter {
  #root;
  #running = new Map();
  #failed = [];
  #watch = null;

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onTestFileStart({ path }) {
    this.#running.set(path, {
      since: performance.now(),
      name: 'before its first test',
      nameSince: performance.now(),
    });
    this.#watch ??= setInterval(() => this.#tell(), QUIET_MS).unref();
  }

  onTestCaseStart({ path }, { ancestorTitles, title }) {
    const running = this.#running.get(path);
    if (running !== undefined)
      Object.assign(running, { name: [...ancestorTitles, title].join(' '), nameSince: performance.now() });
  }

  onTestFileResult({ path }, { testResults, testExecError }) {
    this.#running.delete(path);
    const failed = testResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    if (failed.length > 0) this.#failed.push(...failed.map((name) => this.#alone(path, name)));
    else if (testExecError != null) this.#failed.push(this.#alone(path));
  }

  onRunComplete() {
    clearInterval(this.#watch);
    if (this.#failed.length > 0)
      process.stderr.write(
        `\nTo run alone what has failed:\n${this.#failed.map((line) => `  ${line}\n`).join('')}`,
      );
  }

  /** The command for one test, or for a whole file. */
  #alone(path, name) {
    const file = relative(this.#root, path);
    const command = file.includes('.exhaustive.') ? 'npm run test:exhaustive --' : 'npm test --';
    return `${command} ${file}${name === undefined ? '' : ` -t ${inShell(`^${asPattern(name)}$`)}`}`;
  }

  #tell() {
    for (const [path, { since, name, nameSince }] of this.#running) {
      if (performance.now() - since < QUIET_MS) continue;
      process.stderr.write(
        `… ${relative(this.#root, path)} has run for ${seconds(since)}, ${seconds(nameSince)} of it: ${name}\n`,
      );
    }
  }
}
