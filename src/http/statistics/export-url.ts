import { InvalidInputError } from '../../errors.js';
import type { ExportRequest } from '../../services/statistics/statistics-exports.js';

/** The formats of a file. */
export type ExportFormat = 'csv' | 'json' | 'schema.json' | 'sdmx.csv' | 'sdmx.json';

/** The request of `GET /statistics/<period>/<indicator>.<format>?by=…&every=month|quarter&district=…`. */
export interface ExportUrl extends ExportRequest {
  readonly format: ExportFormat;
}

const PATH =
  /^\/statistics\/([0-9Q-]{4,7})\/([A-Z][A-Z0-9_]{2,39})\.(csv|json|schema\.json|sdmx\.csv|sdmx\.json)$/;
const PARAMETERS = ['by', 'every', 'district'];

/**
 * Reads the address of a file; null when the path is another handler's.
 * @throws InvalidInputError naming the parameter
 */
export function readExportUrl(url: string): ExportUrl | null {
  const mark = url.indexOf('?');
  const [, period, indicator, format] = PATH.exec(mark < 0 ? url : url.slice(0, mark)) ?? [];
  if (period === undefined || indicator === undefined) return null;
  const asked = new URLSearchParams(mark < 0 ? '' : url.slice(mark));
  for (const name of asked.keys())
    if (!PARAMETERS.includes(name) || asked.getAll(name).length > 1)
      throw new InvalidInputError(name.slice(0, 40), 'exportParameter');
  const every = asked.get('every');
  if (every !== null && every !== 'month' && every !== 'quarter')
    throw new InvalidInputError('every', 'invalidValue');
  const by = asked.get('by');
  return {
    format: format as ExportFormat,
    period,
    indicator,
    every,
    district: asked.get('district'),
    by: by === null || by === '' ? [] : by.split(','),
  };
}
