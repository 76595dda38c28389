import { wantSlots } from './want-slots.js';

/** Two hundred clients want one of fifty slots. */
wantSlots({ said: 'fifty', clients: 200, slotsOfAWorker: 10 });
