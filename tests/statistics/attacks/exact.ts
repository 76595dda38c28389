import { guessedRight, normal } from '../../../src/statistics/disclosure.js';

/**
 * What noise of this variance leaves of so many cells, by the normal limit that their likelihood comes near to: how often the best guess is
 * right, and how often it is sure to 0.99.
 */
export function manyCells(variance: number, cells: number): { readonly rate: number; readonly sure: number } {
  const distance = Math.sqrt(cells / variance);
  const surely = Math.log(99) / distance;
  return {
    rate: guessedRight(cells, variance),
    sure: normal(distance / 2 - surely) + normal(-distance / 2 - surely),
  };
}
