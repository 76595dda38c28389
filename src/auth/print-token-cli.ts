import { readConfig } from '../config.js';
import { printToken } from './print-token.js';

const { dataDir, production } = readConfig();
if (production) {
  process.stderr.write('Production has its own identity provider: the development issuer signs nothing.\n');
  process.exit(2);
}
process.exitCode = await printToken(process.argv.slice(2), dataDir, {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
