import { compareMatrix } from './compare-matrix.js';

/**
 * From one standpoint of each kind: every field and every mutation. Those from where least or nothing is to be seen are among them. Every
 * standpoint is `npm run test:exhaustive -- policies/matrix`.
 */
compareMatrix([
  'worker-assigned',
  'worker-formerly-assigned',
  'worker-same-district',
  'head-same-district',
  'desk-same-district',
  'adviser-pending',
  'data-protection-officer',
  'person-shown',
  'anonymous',
]);
