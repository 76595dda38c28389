import { wantSlots } from './want-slots.js';

/** Forty clients want one of ten slots. Two hundred and fifty are `npm run test:exhaustive -- wanted-slots`. */
wantSlots({ said: 'ten', clients: 40, slotsOfAWorker: 2 });
