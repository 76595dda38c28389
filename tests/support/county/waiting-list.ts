import { ago, ahead } from '../days.js';
import { ownId, type UsualRows } from './table.js';

export const waitingListTables = {
  appointmentRequest: () => ({ ...ownId(), typeCode: 'FIRST_RECEPTION' }),
  slotOffer: () => ({ ...ownId(), mode: 'ON_SITE', channel: 'LETTER', answerBy: ahead(1) }),
  offerSkip: () => ({ ...ownId(), reason: 'OTHER_MODE', skippedAt: ago(1) }),
  offerWake: ownId,
  waitingDay: () => ({ typeCode: 'FIRST_RECEPTION' }),
  waitingWeek: () => ({ typeCode: 'FIRST_RECEPTION', days: 4 }),
} satisfies UsualRows;
