import { randomInt } from 'node:crypto';
import type { Draw } from '../../prisma/seed/references.js';

/** Draws that differ from run to run. */
export const SECURE_DRAW: Draw = { int: (min, max) => randomInt(min, max + 1) };
