import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import type * as cases from '../../src/services/case/cases.js';
import { listNotes } from '../../src/services/interview-note/interview-notes.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { InterviewNoteConnection } from './interview-note.connection.js';

@Resolver(() => Case)
export class CaseNotesResolver {
  @FieldResolver(() => InterviewNoteConnection, {
    nullable: true,
    description: 'The notes that the assigned worker may read, newest first. Nobody else reads any.',
  })
  interviewNotes(
    @Ctx() op: Operation,
    @Root() row: cases.CaseRow,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    return listNotes(op, row, args);
  }
}
