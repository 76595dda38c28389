import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as closing from '../../src/services/appointment/closing.js';
import type * as cases from '../../src/services/case/cases.js';
import { Case, LooseEnds, Need } from '../case/case.type.js';
import { Appointment } from './appointment.type.js';
import { CloseCaseInput, ReopenCaseInput } from './closing.input.js';

/** A case is closed here and not in its own room: its appointments may be what is still loose. */
@Resolver(() => Case)
export class ClosingResolver {
  @FieldResolver(() => LooseEnds, {
    nullable: true,
    description:
      'Everything that is still to be ended before the case is closed. Only the assigned worker reads it.',
  })
  looseEnds(@Root() row: cases.CaseRow) {
    return row;
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Closes a case; its assigned worker stays. Loose ends are ended first, or named in `leaving`. Otherwise it is a CONFLICT with the reason LOOSE_ENDS, and their ids in `looseEnds`.',
  })
  closeCase(@Ctx() op: Operation, @Arg('input', () => CloseCaseInput) input: CloseCaseInput) {
    return closing.closeCase(op, input);
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Reopens a closed case. The assigned worker may; the head may if nobody is assigned or the assigned worker has left. It opens no notes.',
  })
  reopenCase(@Ctx() op: Operation, @Arg('input', () => ReopenCaseInput) input: ReopenCaseInput) {
    return closing.reopenCase(op, input);
  }
}

@Resolver(() => LooseEnds)
export class LooseEndsResolver {
  @FieldResolver(() => [Appointment], {
    nullable: true,
    description: 'Appointments that are booked and not over, by start; 100 at most.',
  })
  appointments(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return closing.loadLooseAppointments(op, row);
  }

  @FieldResolver(() => [Need], {
    nullable: true,
    description: 'Needs that have not ended by today, the oldest first; 100 at most.',
  })
  needs(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return closing.loadLooseNeeds(op, row);
  }
}
