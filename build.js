import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';

/**
 * Compiles what runs into dist/, each file by itself, as .swcrc says: the tests are compiled alike. `npm run typecheck` looks at the types.
 * The benches of statistics run the attacks of the tests; an image of the API has neither.
 */
const FOLDERS = ['app', 'src', 'schema', 'policies', 'prisma', 'bench', 'tests/statistics/attacks'].filter(
  existsSync,
);

async function compile(file) {
  const to = join('dist', file.replace(/\.ts$/, '.js'));
  const { code, map } = await transformFile(file);
  await mkdir(dirname(to), { recursive: true });
  // So that a stack tells the line of the source (`--enable-source-maps`).
  const sources = [relative(dirname(to), file)];
  await writeFile(`${to}.map`, JSON.stringify({ ...JSON.parse(map), sources }));
  await writeFile(to, `${code}//# sourceMappingURL=${basename(to)}.map\n`);
  return to;
}

const names = await Promise.all(FOLDERS.map((folder) => readdir(folder, { recursive: true })));
const files = FOLDERS.flatMap((folder, at) => names[at].map((name) => join(folder, name)));
// A contender of a bench has packages of its own.
const isOurs = (file) => file.endsWith('.ts') && !file.includes('node_modules');
const built = new Set(await Promise.all(files.filter(isOurs).map(compile)));
// What was built of a file that is gone would still be imported.
for (const name of await readdir('dist', { recursive: true }))
  if (/\.js(\.map)?$/.test(name) && !built.has(join('dist', name.replace(/\.map$/, ''))))
    await rm(join('dist', name));
