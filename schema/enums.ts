import { registerEnumType } from 'type-graphql';
import * as enums from '../prisma/generated/enums.js';
import { ERROR_CODES } from '../src/errors.js';

registerEnumType(enums.Role, { name: 'Role', description: 'A role in a membership.' });
registerEnumType(enums.ClientKind, { name: 'ClientKind' });
registerEnumType(enums.Mission, { name: 'Mission', description: 'What the case is for.' });
registerEnumType(enums.CaseStatus, { name: 'CaseStatus' });
registerEnumType(enums.NoteStatus, { name: 'NoteStatus', description: 'A draft is its author’s alone.' });
registerEnumType(enums.SafeContact, {
  name: 'SafeContact',
  description: 'How the person may be reached without danger; none by default.',
});
registerEnumType(enums.AppointmentStatus, { name: 'AppointmentStatus' });
registerEnumType(enums.AppointmentMode, { name: 'AppointmentMode' });
registerEnumType(enums.NoticeKind, { name: 'NoticeKind' });
registerEnumType(enums.NoticeChannel, { name: 'NoticeChannel' });
registerEnumType(enums.ReleaseGround, { name: 'ReleaseGround' });
registerEnumType(enums.NotificationKind, { name: 'NotificationKind' });
export const {
  Role,
  ClientKind,
  Mission,
  CaseStatus,
  NoteStatus,
  SafeContact,
  AppointmentStatus,
  AppointmentMode,
  NoticeKind,
  NoticeChannel,
  ReleaseGround,
  NotificationKind,
} = enums;

export const CaseSort = { OPENED_AT_DESC: 'OPENED_AT_DESC', OPENED_AT_ASC: 'OPENED_AT_ASC' } as const;
registerEnumType(CaseSort, { name: 'CaseSort' });

export const CancelledBy = { PERSON: 'PERSON', SERVICE: 'SERVICE' } as const;
registerEnumType(CancelledBy, { name: 'CancelledBy' });

export const ViewerKind = {
  ANONYMOUS: 'ANONYMOUS',
  WORKER: 'WORKER',
  PERSON: 'PERSON',
  CLIENT: 'CLIENT',
} as const;
registerEnumType(ViewerKind, { name: 'ViewerKind' });

export const ErrorCode = Object.fromEntries(ERROR_CODES.map((code) => [code, code]));
registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description: 'The closed union of `extensions.code` in errors.',
});
