import * as note from '../../../src/access/interview-note/interview-note.js';
import { rowRule } from '../rules.js';
import { mayBe } from './viewers.js';

/** The rule `note.readsNote`, asked of each note. */
export const theReaderOfTheNote = rowRule<note.NoteRelation>(
  {
    fr: 'le travailleur social référent, s’il l’a écrit, accepté dans une passation, ou si une levée le lui a ouvert',
    en: 'the assigned worker, if they wrote the note, accepted it in a handover, or a release opened it to them',
  },
  note.readsNote,
  mayBe('SOCIAL_WORKER'),
);
