import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { GraphiqlAsset } from './asset.js';
import { PAGE_SCRIPT, PAGE_STYLE } from './page.js';

const JAVASCRIPT = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

const require = createRequire(import.meta.url);

/** Finds the UMD builds beside the package.json: they are not in the packages' `exports`, the package.json is. */
function fromPackage(name: string, file: string, path: string, contentType: string): [string, GraphiqlAsset] {
  const manifest = require.resolve(`${name}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  let content: Promise<Buffer> | undefined;
  const read = (): Promise<Buffer> => {
    content ??= readFile(join(dirname(manifest), file)).catch((error: unknown) => {
      content = undefined;
      throw error;
    });
    return content;
  };
  return [path, { contentType, version, href: `${path}?v=${version}`, read }];
}

function fromText(text: string, path: string, contentType: string): [string, GraphiqlAsset] {
  const body = Buffer.from(text, 'utf8');
  const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return [path, { contentType, version, href: `${path}?v=${version}`, read: () => Promise.resolve(body) }];
}

/** Returns everything the page loads, by exact path. A path that is not a key of this map is never looked for on disk. */
export function loadGraphiqlAssets(): ReadonlyMap<string, GraphiqlAsset> {
  return new Map([
    fromPackage('graphiql', 'graphiql.min.css', '/graphiql/assets/graphiql.min.css', CSS),
    fromText(PAGE_STYLE, '/graphiql/page.css', CSS),
    fromPackage(
      'react',
      'umd/react.production.min.js',
      '/graphiql/assets/react.production.min.js',
      JAVASCRIPT,
    ),
    fromPackage(
      'react-dom',
      'umd/react-dom.production.min.js',
      '/graphiql/assets/react-dom.production.min.js',
      JAVASCRIPT,
    ),
    fromPackage('graphql-ws', 'umd/graphql-ws.min.js', '/graphiql/assets/graphql-ws.min.js', JAVASCRIPT),
    fromPackage('graphiql', 'graphiql.min.js', '/graphiql/assets/graphiql.min.js', JAVASCRIPT),
    fromText(PAGE_SCRIPT, '/graphiql/page.js', JAVASCRIPT),
  ]);
}
