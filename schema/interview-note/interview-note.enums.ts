import * as enums from '../../prisma/generated/enums.js';
import { describeEnum } from '../describe-enum.js';

export const NoteStatus = describeEnum(enums.NoteStatus, {
  name: 'NoteStatus',
  description: 'Whether an interview note is finished.',
  values: {
    DRAFT: 'Only its author reads it, and it is never handed over.',
    FINAL: 'It is finished, and can be handed over. It never becomes a draft again.',
  },
});

export const HandoverAnswer = describeEnum(enums.HandoverAnswer, {
  name: 'HandoverAnswer',
  description: 'The answer of a worker who held a case before and is asked for its notes.',
  values: {
    HANDED_OVER: 'The worker offers the notes, without reading them again.',
    NO: 'The worker does not hand the notes over, and says why.',
  },
});

export const KeepReason = describeEnum(enums.KeepReason, {
  name: 'KeepReason',
  description: 'Why a worker does not hand notes over, as a category. It tells nothing of the notes.',
  values: {
    PERSON_WISHES: 'The person does not want the notes to be handed over.',
    CONCERNS_OTHERS: 'The notes are about other people.',
    NO_LONGER_HELPS: 'The content of the notes no longer helps.',
    OTHER: 'Another reason.',
  },
});
