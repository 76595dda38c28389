import { CELLS } from '../../../../policies/generated/cells.js';
import { STANDPOINTS } from '../../../../policies/standpoints.js';
import type { Stricter } from './stricter.js';

/**
 * The cells of pages that are closed, as the matrix has them. The field that answers a page is guarded, and so is every field of its rows;
 * the page itself says nothing.
 */
export const OPERATION: readonly Stricter[] = Object.keys(CELLS)
  .filter((coordinate) => /^(\w+(Connection|Edge)|PageInfo)\./.test(coordinate))
  .map((coordinate) => ({
    reason: 'A page is opened to everyone.',
    coordinates: [coordinate],
    standpoints: STANDPOINTS.map(({ key }) => key).filter((_key, at) => CELLS[coordinate]?.[at] === '0'),
  }));
