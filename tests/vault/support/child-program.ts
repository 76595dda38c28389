import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transformFile } from '@swc/core';

/**
 * Compiles the vault into a folder that plain Node can run, with a program beside it, so that a test can start
 * it in processes of their own.
 *
 * @returns the path of the program
 */
export async function compileProgram(folder: string, program: string): Promise<string> {
  const sources = (await readdir('src/vault')).map((name) => `src/vault/${name}`);
  for (const source of [...sources, 'src/errors.ts']) {
    const { code } = await transformFile(source, {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    const path = join(folder, source.replace(/\.ts$/, '.js'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, code);
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const path = join(folder, 'program.js');
  await writeFile(path, program);
  return path;
}

/** A process that says "ready", waits for a line, then does its work and prints the outcome. */
export interface Child {
  readonly ready: Promise<void>;
  go(): void;
  readonly output: Promise<string>;
}

export function startChild(program: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [program, ...args]);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  return {
    ready: once(child.stdout, 'data').then(() => undefined),
    go: () => child.stdin.end('go\n'),
    output: finish(child).then(() => printed.replace(/^ready\n/, '')),
  };
}

async function finish(child: ChildProcessWithoutNullStreams): Promise<void> {
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error(`the process ended with ${code}: ${complaints}`);
  }
}
