import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import type { TokenVerifier } from '../../auth/token-verifier.js';
import { CosmosError } from '../../errors.js';
import { type Locale, localeOf, messageText } from '../../messages.js';
import {
  describeExport,
  type ExportPlan,
  planExport,
  readExportedTable,
} from '../../services/statistics-exports.js';
import { authenticate } from '../authenticate.js';
import { toCosmosError } from '../client-error.js';
import { names } from '../etag.js';
import { runWork, type WorkEnvironment } from '../run-work.js';
import { columnsOf, type FileRow, fileRows, tableSchema } from './columns.js';
import { type ExportUrl, readExportUrl } from './export-url.js';

/** Answers the request and says true, or says false when the path is another handler's. */
export type ExportHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

interface Environment extends WorkEnvironment {
  readonly verifier: TokenVerifier;
}

/** Of the layout of the files: another one has another tag. */
const LAYOUT = 2;

const TYPES: Readonly<Record<ExportUrl['format'], string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  'schema.json': 'application/json; charset=utf-8',
};

const STATUS: Readonly<Record<CosmosError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  STATISTICS_REFUSED: 400,
  INVALID_DOCUMENT: 400,
  DOCUMENT_TOO_COSTLY: 400,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

function statusOf({ code, details }: CosmosError): number {
  return details.reason === 'NOT_FROZEN' ? 404 : STATUS[code];
}

function sendFault(res: ServerResponse, error: CosmosError, locale: Locale): void {
  const extensions = { code: error.code, ...error.details };
  const body = `${JSON.stringify({ errors: [{ message: messageText(error.messageKey, locale), extensions }] })}\n`;
  const status = statusOf(error);
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-language': locale,
    'x-content-type-options': 'nosniff',
    ...(error.details.retryAfter === undefined ? {} : { 'retry-after': String(error.details.retryAfter) }),
    ...(status === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {}),
  });
  res.end(body);
}

const tagOf = (parts: unknown): string =>
  `"${createHash('sha256')
    .update(JSON.stringify([LAYOUT, parts]))
    .digest('base64url')}"`;

/**
 * Files for everyone: `GET /statistics/<period>/<indicator>.csv`, `.json` and `.schema.json` (Frictionless Table Schema), without a token or
 * with one, which gives turns of its own. All tables of a file are found before its first byte; they are read, and sent, one after
 * the other, so that a year takes as much memory as a month. The tag is that of the tables, which never change. A file that
 * breaks off has no last chunk, and is no file.
 */
export function createExportHandler(environment: Environment): ExportHandler {
  const { verifier } = environment;

  async function serve(req: IncomingMessage, res: ServerResponse, asked: ExportUrl): Promise<void> {
    const token = await authenticate(req, verifier);
    if (asked.format === 'schema.json') {
      const schema = await runWork(environment, req, { kind: 'query', token }, (op) =>
        describeExport(op, asked),
      );
      const body = Buffer.from(`${JSON.stringify(tableSchema(schema), null, 2)}\n`);
      if (sendHead(req, res, asked, tagOf(body.toString()), { 'content-length': body.length })) res.end(body);
      return;
    }
    const plan = await runWork(environment, req, { kind: 'query', token }, (op) => planExport(op, asked));
    const tag = tagOf([asked.format, plan.by, plan.indicator.id, plan.tables]);
    const schemaUrl = (req.url ?? '').replace(/\.(csv|json)(?=\?|$)/, '.schema.json');
    if (
      !sendHead(req, res, asked, tag, { link: `<${schemaUrl}>; rel="describedby"; type="application/json"` })
    )
      return;
    const writer = asked.format === 'csv' ? new CsvWriter(plan) : new JsonWriter();
    async function* parts(): AsyncGenerator<string> {
      yield writer.head();
      for (const table of plan.tables) {
        const rows = await runWork(environment, req, { kind: 'query', token }, (op) =>
          readExportedTable(op, table.id),
        );
        yield writer.rows(fileRows(plan, table, rows));
      }
      yield writer.tail();
    }
    // Waits for who reads slowly: what is not read is not made. What fails halfway breaks the file off.
    await pipeline(Readable.from(parts(), { highWaterMark: 1 }), res).catch((error: unknown) => {
      if (!isHangUp(error)) throw error;
    });
  }

  return async (req, res) => {
    const locale = localeOf(req.headers['accept-language']);
    try {
      const asked = readExportUrl(req.url ?? '');
      if (asked === null) return false;
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        res.writeHead(405, { allow: 'GET, HEAD', 'content-length': 0 }).end();
        return true;
      }
      await serve(req, res, asked);
    } catch (error) {
      const fault = error instanceof CosmosError ? error : toCosmosError(error);
      // What the server logs as its own fault.
      if (fault.code === 'INTERNAL' || res.headersSent) throw error;
      sendFault(res, fault, locale);
    }
    return true;
  };
}

/** Whether a body is to follow. */
function sendHead(
  req: IncomingMessage,
  res: ServerResponse,
  { format, indicator, period }: ExportUrl,
  tag: string,
  more: Readonly<Record<string, string | number>>,
): boolean {
  const headers = {
    etag: tag,
    'cache-control': 'public, no-cache',
    'x-content-type-options': 'nosniff',
    ...more,
  };
  if (names(req.headers['if-none-match'], tag)) {
    const { 'content-length': _length, ...rest } = headers as Record<string, string | number>;
    res.writeHead(304, rest).end();
    return false;
  }
  res.writeHead(200, {
    ...headers,
    'content-type': TYPES[format],
    'content-disposition': `attachment; filename="${indicator.toLowerCase()}-${period}.${format}"`,
  });
  if (req.method !== 'HEAD') return true;
  res.end();
  return false;
}

/** Whoever asked has gone: nobody's fault. */
function isHangUp(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** RFC 4180: a head, and lines that end with CR LF. */
class CsvWriter {
  readonly #columns: string[];
  constructor({ by }: ExportPlan) {
    this.#columns = [...columnsOf(by)];
  }
  head(): string {
    return this.rows([Object.fromEntries(this.#columns.map((column) => [column, column]))]);
  }
  rows(rows: readonly FileRow[]): string {
    return stringify([...rows], { columns: this.#columns, record_delimiter: 'windows' });
  }
  tail(): string {
    return '';
  }
}

/** A list of objects, one to a line, with the columns of the CSV. */
class JsonWriter {
  #isFirst = true;
  head(): string {
    return '[';
  }
  rows(rows: readonly FileRow[]): string {
    return rows
      .map((row) => {
        const separator = this.#isFirst ? '\n' : ',\n';
        this.#isFirst = false;
        return separator + JSON.stringify(row);
      })
      .join('');
  }
  tail(): string {
    return '\n]\n';
  }
}
