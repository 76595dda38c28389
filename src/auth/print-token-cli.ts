import { readConfig } from '../config.js';
import { printToken } from './print-token.js';

// `npm run token`: signs with the development issuer, whose key lies in the data folder.
try {
  const { dataDir, production } = readConfig();
  if (production)
    throw new Error('Production has its own identity provider: the development issuer signs nothing.');
  process.exitCode = await printToken(process.argv.slice(2), dataDir, {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 2;
}
