import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/database/project-root.js';
import type { BenchCounty } from '../support/app.js';
import { type ServerProcess, startServerProcess } from './child.js';
import { CASES_OF_A_PAGE, WHOSE } from './question.js';

const PEER = join(projectRoot, 'bench', 'peers', 'postgraphile');
/** The first version of Node.js that PostGraphile runs on. */
const SINCE_NODE = 22;

/** PostGraphile as a server, and the body of a request for the page. */
export interface Peer {
  readonly server: ServerProcess;
  readonly body: object;
}

/**
 * Starts PostGraphile over the county. Its packages are its own, and are installed at the first use: none of them is the product's.
 * @returns null, with a word to the console, on a Node.js that is too old for it
 */
export async function startPostgraphile(county: BenchCounty, config: object): Promise<Peer | null> {
  if (Number(process.versions.node.split('.')[0]) < SINCE_NODE) {
    console.log(`PostGraphile is left out: it needs Node.js ${SINCE_NODE}.\n`);
    return null;
  }
  if (!existsSync(join(PEER, 'node_modules')))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PEER, stdio: 'inherit' });
  const question = (await import(pathToFileURL(join(PEER, 'question.js')).href)) as {
    readonly PAGE: string;
    readonly NEXT_APPOINTMENT: string;
  };
  await county.sql(question.NEXT_APPOINTMENT);
  const [worker] = await county.sql<{ id: string }>('select id from worker where subject = $1', [WHOSE]);
  const server = await startServerProcess(pathToFileURL(join(PEER, 'server.js')), config);
  const variables = { first: CASES_OF_A_PAGE, worker: worker?.id };
  return { server, body: { query: question.PAGE, variables } };
}
