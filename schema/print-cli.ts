import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCosmosSchema } from './index.js';
import { printInputTypes } from './input-types.js';
import { printCosmosSchema, printInputs } from './print.js';

// `npm run schema` writes the contract, the list of input fields, and the types of the inputs that services take. With `-- --release` it also
// writes `released.graphql`, the contract that later changes must not break. This program runs in dist/schema/ and writes to schema/.
const folder = fileURLToPath(new URL('../../schema', import.meta.url));
const text = await printCosmosSchema();
writeFileSync(join(folder, 'schema.graphql'), text);
writeFileSync(join(folder, '..', 'policies', 'generated', 'inputs.ts'), await printInputs());
writeFileSync(
  join(folder, '..', 'src', 'generated', 'inputs.ts'),
  printInputTypes(await buildCosmosSchema()),
);
if (process.argv.includes('--release')) writeFileSync(join(folder, 'released.graphql'), text);
