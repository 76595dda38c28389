import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadCase } from '../../src/services/cases.js';
import { loadPerson } from '../../src/services/persons.js';
import * as toInform from '../../src/services/persons-to-inform.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { Person } from './person.type.js';
import { DeferNoticeInput, PersonToInform, PersonToInformConnection } from './person-to-inform.type.js';

@Resolver(() => PersonToInform)
export class PersonToInformResolver {
  @Query(() => PersonToInformConnection, {
    nullable: true,
    description:
      'Whom one is still to inform, the longest first: of the open cases assigned to oneself, or in which one stands in.',
  })
  personsToInform(@Ctx() op: Operation, @Args(() => ConnectionArgs) args: ConnectionArgs) {
    return toInform.listPersonsToInform(op, args);
  }

  @FieldResolver(() => Person, { nullable: true })
  person(@Ctx() op: Operation, @Root() row: toInform.PersonToInformRow) {
    return loadPerson(op, row.personId);
  }

  @FieldResolver(() => Case, { nullable: true })
  case(@Ctx() op: Operation, @Root() row: toInform.PersonToInformRow) {
    return loadCase(op, row.caseId);
  }

  @Mutation(() => PersonToInform, {
    nullable: true,
    description:
      'The assigned worker does not give the notice for now, on a ground of a closed list; nobody is told. `giveNotice` ends it.',
  })
  deferNotice(@Ctx() op: Operation, @Arg('input', () => DeferNoticeInput) input: DeferNoticeInput) {
    return toInform.deferNotice(op, input);
  }
}
