import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import type * as cases from '../../src/services/case/cases.js';
import type * as needs from '../../src/services/case/needs.js';
import { loadPerson, loadPersonsOfCase } from '../../src/services/person/persons.js';
import { Case, Need } from '../case/case.type.js';
import { Person } from './person.type.js';

@Resolver(() => Case)
export class CasePersonsResolver {
  @FieldResolver(() => [Person], { nullable: true, description: 'The persons that the case is about.' })
  persons(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadPersonsOfCase(op, row);
  }
}

@Resolver(() => Need)
export class NeedPersonResolver {
  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person that it concerns; null is the whole household.',
  })
  person(@Ctx() op: Operation, @Root() need: needs.NeedRow) {
    return need.personId === null ? null : loadPerson(op, need.personId);
  }
}
