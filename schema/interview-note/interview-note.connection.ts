import { connectionOf } from '../connection.js';
import { InterviewNote } from './interview-note.type.js';

export const { Connection: InterviewNoteConnection } = connectionOf('InterviewNote', () => InterviewNote);
