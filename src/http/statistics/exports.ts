import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TokenVerifier } from '../../auth/token-verifier.js';
import { CosmosError } from '../../errors.js';
import { type Locale, localeOf, messageText } from '../../messages.js';
import {
  describeExport,
  type ExportedRow,
  type ExportedTable,
  type ExportPlan,
  planExport,
  readExportedTable,
} from '../../services/statistics/statistics-exports.js';
import { authenticate } from '../authenticate.js';
import { toCosmosError } from '../client-error.js';
import { writeCsv } from '../csv.js';
import { names } from '../etag.js';
import { runWork, type WorkEnvironment } from '../run-work.js';
import { isRefusedMethod, sendTagged, tagOf } from '../send-tagged.js';
import { columnsOf, type FileRow, fileRows, tableSchema } from './columns.js';
import { type ExportUrl, readExportUrl } from './export-url.js';
import { sdmxColumns, sdmxRows, sdmxStructure } from './sdmx.js';

/** Answers the request and returns true, or returns false when the path is another handler's. */
export type ExportHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

interface Environment extends WorkEnvironment {
  readonly verifier: TokenVerifier;
}

/** The version of the layout of the files: another layout has another tag. */
const LAYOUT = '4';

const TYPES: Readonly<Record<ExportUrl['format'], string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  'schema.json': 'application/json; charset=utf-8',
  'sdmx.csv': 'application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8',
  'sdmx.json': 'application/vnd.sdmx.structure+json; version=2.1.0; charset=utf-8',
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

const BODY_HEADERS = { 'cache-control': 'public, no-cache', 'x-content-type-options': 'nosniff' } as const;

const dispositionOf = ({ indicator, period, format }: ExportUrl): string =>
  `attachment; filename="${indicator.toLowerCase()}-${period}.${format}"`;

/** The file that describes another file; it has the same address with another ending. */
const DESCRIBED_BY = { csv: 'schema.json', json: 'schema.json', 'sdmx.csv': 'sdmx.json' } as const;

/**
 * Serves files for everyone: `GET /statistics/<period>/<indicator>.csv`, `.json` and `.schema.json` (Frictionless Table Schema),
 * `.sdmx.csv` and `.sdmx.json` (its structure). A token is not needed; with one, the caller has turns of their own.
 *
 * All tables of a file are found before its first byte. They are read and sent one after the other, so that a year takes as much memory
 * as a month. The tag is made from the tables, which never change. A file that breaks off lacks its last chunk, so the client sees that
 * it is incomplete.
 */
export function createExportHandler(environment: Environment): ExportHandler {
  async function serve(req: IncomingMessage, res: ServerResponse, asked: ExportUrl): Promise<void> {
    const token = await authenticate(req, environment);
    const { format } = asked;
    if (format === 'schema.json' || format === 'sdmx.json') {
      const schema = await runWork(environment, req, { kind: 'query', token }, (op) =>
        describeExport(op, asked),
      );
      const described = format === 'schema.json' ? tableSchema(schema) : sdmxStructure(schema);
      const body = Buffer.from(`${JSON.stringify(described, null, 2)}\n`);
      const headers = { ...BODY_HEADERS, 'content-disposition': dispositionOf(asked) };
      sendTagged(req, res, { body, type: TYPES[format], etag: tagOf(body), headers });
      return;
    }
    const plan = await runWork(environment, req, { kind: 'query', token }, (op) => planExport(op, asked));
    const tag = tagOf(JSON.stringify([LAYOUT, format, plan.by, plan.indicator.id, plan.tables]));
    const schemaUrl = (req.url ?? '').replace(`.${format}`, `.${DESCRIBED_BY[format]}`);
    const link = `<${schemaUrl}>; rel="describedby"; type="application/json"`;
    if (!sendHead(req, res, asked, tag, { link })) return;
    const writer = WRITERS[format](plan);
    async function* parts(): AsyncGenerator<string> {
      yield writer.head();
      for (const table of plan.tables) {
        const rows = await runWork(environment, req, { kind: 'query', token }, (op) =>
          readExportedTable(op, table.id),
        );
        yield writer.rows(table, rows);
      }
      yield writer.tail();
    }
    // The pipeline waits for a slow reader, and makes nothing ahead. An error halfway breaks the file off.
    await pipeline(Readable.from(parts(), { highWaterMark: 1 }), res).catch((error: unknown) => {
      if (!isHangUp(error)) throw error;
    });
  }

  return async (req, res) => {
    const locale = localeOf(req.headers['accept-language']);
    try {
      const asked = readExportUrl(req.url ?? '');
      if (asked === null) return false;
      if (isRefusedMethod(req, res)) return true;
      await serve(req, res, asked);
    } catch (error) {
      const fault = error instanceof CosmosError ? error : toCosmosError(error);
      // The server logs these as its own fault.
      if (fault.code === 'INTERNAL' || res.headersSent) throw error;
      sendFault(res, fault, locale);
    }
    return true;
  };
}

/** Sends the head, and returns whether a body follows. */
function sendHead(
  req: IncomingMessage,
  res: ServerResponse,
  asked: ExportUrl,
  tag: string,
  more: Readonly<Record<string, string>>,
): boolean {
  const headers = { ...BODY_HEADERS, ...more, etag: tag };
  if (names(req.headers['if-none-match'], tag)) {
    res.writeHead(304, headers).end();
    return false;
  }
  res.writeHead(200, {
    ...headers,
    'content-type': TYPES[asked.format],
    'content-disposition': dispositionOf(asked),
  });
  if (req.method !== 'HEAD') return true;
  res.end();
  return false;
}

/** True if the client has gone: that is nobody's fault. */
function isHangUp(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** Writes a file, table by table. */
interface FileWriter {
  head(): string;
  rows(table: ExportedTable, rows: readonly ExportedRow[]): string;
  tail(): string;
}

/** Writes a head, and the rows of each table. */
function csvWriter(
  columns: readonly string[],
  rowsOf: (table: ExportedTable, rows: readonly ExportedRow[]) => readonly FileRow[],
): FileWriter {
  return {
    head: () => writeCsv(columns, [Object.fromEntries(columns.map((column) => [column, column]))]),
    rows: (table, rows) => writeCsv(columns, rowsOf(table, rows)),
    tail: () => '',
  };
}

/** Writes a list of objects, one to a line, with the columns of the CSV. */
function jsonWriter(plan: ExportPlan): FileWriter {
  let isFirst = true;
  return {
    head: () => '[',
    rows: (table, rows) =>
      fileRows(plan, table, rows)
        .map((row) => {
          const separator = isFirst ? '\n' : ',\n';
          isFirst = false;
          return separator + JSON.stringify(row);
        })
        .join(''),
    tail: () => '\n]\n',
  };
}

const WRITERS: Readonly<Record<keyof typeof DESCRIBED_BY, (plan: ExportPlan) => FileWriter>> = {
  csv: (plan) => csvWriter(columnsOf(plan.by), (table, rows) => fileRows(plan, table, rows)),
  json: jsonWriter,
  'sdmx.csv': (plan) => csvWriter(sdmxColumns(plan.by), (table, rows) => sdmxRows(plan, table, rows)),
};
