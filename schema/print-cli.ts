import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/database/migrate.js';
import { printCosmosSchema } from './print.js';

/** `npm run schema` writes the contract; with `-- --release` also what later changes must not break. */
const text = await printCosmosSchema();
writeFileSync(join(projectRoot, 'schema', 'schema.graphql'), text);
if (process.argv.includes('--release')) writeFileSync(join(projectRoot, 'schema', 'released.graphql'), text);
