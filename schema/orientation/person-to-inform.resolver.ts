import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadCase } from '../../src/services/case/cases.js';
import * as toInform from '../../src/services/orientation/persons-to-inform.js';
import { loadPerson } from '../../src/services/person/persons.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { Person } from '../person/person.type.js';
import { DeferNoticeInput, PersonToInform, PersonToInformConnection } from './person-to-inform.type.js';

@Resolver(() => PersonToInform)
export class PersonToInformResolver {
  @Query(() => PersonToInformConnection, {
    nullable: true,
    description:
      'Persons that the viewer is still to inform, those who wait longest first: of the open cases assigned to the viewer, and of those in which the viewer stands in.',
  })
  personsToInform(@Ctx() op: Operation, @Args(() => ConnectionArgs) args: ConnectionArgs) {
    return toInform.listPersonsToInform(op, args);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'The person who is to be informed.' })
  person(@Ctx() op: Operation, @Root() row: toInform.PersonToInformRow) {
    return loadPerson(op, row.personId);
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description: 'The case of the viewer that the person belongs to.',
  })
  case(@Ctx() op: Operation, @Root() row: toInform.PersonToInformRow) {
    return loadCase(op, row.caseId);
  }

  @Mutation(() => PersonToInform, {
    nullable: true,
    description:
      'Says that a person is not given the notice for now, on a ground of a closed list. Only the assigned worker may. Nobody is told. `giveNotice` ends it.',
  })
  deferNotice(@Ctx() op: Operation, @Arg('input', () => DeferNoticeInput) input: DeferNoticeInput) {
    return toInform.deferNotice(op, input);
  }
}
