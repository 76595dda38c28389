import { Field, ID, InputType } from 'type-graphql';
import type { AccessLogGround as Ground } from '../../src/log/access-recorder.js';
import type { ShownAction } from '../../src/services/shown-actions.js';
import { Day } from '../scalars.js';
import { AccessLogAction, AccessLogGround } from './access-log.enums.js';

@InputType({
  description:
    'Exactly one of `caseReference`, `personReference`, `personId` and `workerId`. What there is not has an empty log; that it was asked for is logged.',
})
export class AccessLogFilter {
  @Field(() => String, { nullable: true, description: 'As it stands on a letter.' })
  caseReference?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What concerns the person, of a case or of none: look-ups, bookings, registration.',
  })
  personReference?: string | null;

  @Field(() => ID, { nullable: true, description: 'The same, by the person’s id.' })
  personId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'What the worker did, and what was done to them, for a request in hand; never a measure of work. The confidential part is left out: it has no author.',
  })
  workerId?: string | null;

  @Field(() => Day, { nullable: true, description: 'The first day, in Europe/Paris.' })
  from?: Date | null;

  @Field(() => Day, { nullable: true, description: 'The last day, in Europe/Paris.' })
  to?: Date | null;

  @Field(() => [AccessLogAction], { nullable: true, description: 'All, unless given.' })
  actions?: ShownAction[] | null;

  @Field(() => AccessLogGround, {
    description: 'Why the log is asked for: a line of it, with the officer’s name.',
  })
  ground!: Ground;
}
