import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transformFile } from '@swc/core';

/**
 * Compiles what runs into dist/, each file by itself, as .swcrc says: the tests are compiled alike. `npm run typecheck` looks at the types.
 * The benches of statistics run the attacks of the tests; an image of the API has neither.
 */
const FOLDERS = ['src', 'schema', 'policies', 'prisma', 'bench', 'tests/statistics/attacks'].filter(
  existsSync,
);

async function compile(file) {
  const to = join('dist', file.replace(/\.ts$/, '.js'));
  const { code, map } = await transformFile(file);
  await mkdir(dirname(to), { recursive: true });
  await writeFile(`${to}.map`, map);
  await writeFile(to, code);
}

const names = await Promise.all(FOLDERS.map((folder) => readdir(folder, { recursive: true })));
const files = FOLDERS.flatMap((folder, at) => names[at].map((name) => join(folder, name)));
await Promise.all(files.filter((file) => file.endsWith('.ts')).map(compile));
