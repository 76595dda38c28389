import { ownId, type UsualRows } from './table.js';

export const dataProtectionTables = {
  privacyNotice: ownId,
  privacyNoticeDraft: ownId,
  noticeReceipt: () => ({ ...ownId(), channel: 'ORAL' }),
  noticeDeferral: ownId,
  whoReadsWhat: () => ({}),
} satisfies UsualRows;
