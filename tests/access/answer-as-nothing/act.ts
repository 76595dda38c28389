import type { Shape } from './seen.js';

export const ACT_SHAPES: readonly Shape[] = [
  ['takeBackActs', 'TakeBackActsInput', 'workerId', ['foreignWorker'], () => ({ kind: 'CHANGE_CONTACT' })],
];
