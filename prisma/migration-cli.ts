import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../src/database/project-root.js';
import { composeMigration, freezeMigrations } from './migration/compose.js';
import { sourcesIn, withServer } from './migration/databases.js';

const USAGE = `npm run migration NAME [-- --drop FUNCTION …]   writes prisma/migrations/<time>_NAME of what has changed in
                                                prisma/schema.prisma and prisma/sql; NAME is of a-z, 0-9 and _
npm run migration -- --freeze                   a release: its migrations stay as they are
`;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

async function write(name: string, mayDrop: readonly string[]): Promise<void> {
  const sources = sourcesIn(join(projectRoot, 'prisma'));
  say('Building one database by the migrations and one from the current text …');
  const { written, left } = await withServer((url) => composeMigration(url, sources, name, mayDrop));
  if (written.length === 0) say('Nothing has changed.');
  for (const folder of written) say(`Written: prisma/migrations/${folder}/migration.sql`);
  if (left.length === 0) return;
  say(
    `It leads to something else than the current text. Mend it by hand, and run the tests:\n${left.join('\n')}`,
  );
  process.exitCode = 1;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      drop: { type: 'string', multiple: true, default: [] },
      freeze: { type: 'boolean', default: false },
    },
  });
  const [name] = positionals;
  if (values.freeze) {
    const files = await freezeMigrations(join(projectRoot, 'prisma', 'migrations'));
    say(
      files.length === 0
        ? 'Every migration is frozen already.'
        : `Frozen:\n${files.map((file) => `  ${file}`).join('\n')}`,
    );
  } else if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
    process.stderr.write(USAGE);
    process.exitCode = 1;
  } else await write(name, values.drop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
