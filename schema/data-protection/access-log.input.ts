import { Field, ID, InputType } from 'type-graphql';
import type { AccessLogGround as Ground } from '../../src/log/access-recorder.js';
import type { ShownAction } from '../../src/services/data-protection/shown-actions.js';
import { Day } from '../scalars.js';
import { AccessLogAction, AccessLogGround } from './access-log.enums.js';

@InputType({
  description:
    'Which lines of the access log to read. Exactly one of `caseReference`, `personReference`, `personId` and `workerId` is named. Something that does not exist has an empty log. The question itself is logged. The worker of `workerId` is told that their log was read, and on what ground.',
})
export class AccessLogFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Lines about the case with this reference, as it stands on a letter.',
  })
  caseReference?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Lines about the person with this reference, in a case or in none: look-ups, bookings, registration.',
  })
  personReference?: string | null;

  @Field(() => ID, { nullable: true, description: 'Lines about this person, as for `personReference`.' })
  personId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Lines about what this worker did, and what was done to them. They serve to answer a request in hand, and never measure work. The confidential part is left out, since it has no author.',
  })
  workerId?: string | null;

  @Field(() => Day, { nullable: true, description: 'The first day that is listed, in Paris.' })
  from?: Date | null;

  @Field(() => Day, { nullable: true, description: 'The last day that is listed, in Paris.' })
  to?: Date | null;

  @Field(() => [AccessLogAction], {
    nullable: true,
    description: 'Only lines with one of these actions; all unless given.',
  })
  actions?: ShownAction[] | null;

  @Field(() => AccessLogGround, {
    description: 'Why the log is read. It becomes a line of the log, with the officer’s name.',
  })
  ground!: Ground;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the worker of `workerId` is not told at once that their log is read, since this would harm an inquiry. Only for the grounds COMPLAINT and SECURITY_INCIDENT. The other data protection officers are told at once instead, or the technical advisers if there is no other officer; without either it is refused. The worker is told 30 days later.',
  })
  withoutTelling?: boolean | null;
}
