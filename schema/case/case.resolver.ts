import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as cases from '../../src/services/case/cases.js';
import { loadNeedsOfCase } from '../../src/services/case/needs.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { ConnectionArgs, connectionOf } from '../connection.js';
import { District, Worker } from '../directory/directory.type.js';
import { CaseSort } from './case.enums.js';
import { AssignCaseInput, CaseFilter, OpenCaseInput } from './case.input.js';
import { Case, Need } from './case.type.js';

const { Connection: CaseConnection } = connectionOf('Case', () => Case);

@ArgsType()
class CasesArgs extends ConnectionArgs {
  @Field(() => CaseFilter, {
    nullable: true,
    description: 'Which cases of the queue to list; all unless given.',
  })
  filter?: CaseFilter | null;

  @Field(() => CaseSort, { nullable: true, description: 'The order of the list; newest first unless given.' })
  sort?: cases.CaseSort | null;
}

@Resolver(() => Case)
export class CaseResolver {
  @Query(() => Case, {
    nullable: true,
    description:
      'One case by its id; null for one that does not exist or that the viewer may not know of. One case per operation may be outside the viewer’s own queue; it is logged as a look-up.',
  })
  case(@Ctx() op: Operation, @Arg('id', () => ID, { description: 'The `id` of the case.' }) id: string) {
    return cases.lookUpCase(op, id);
  }

  @Query(() => Case, {
    nullable: true,
    description: 'One case by its reference. Everything else is as for `case`.',
  })
  caseByReference(
    @Ctx() op: Operation,
    @Arg('reference', () => String, {
      description: 'The reference on a letter, in capital or small letters.',
    })
    reference: string,
  ) {
    return cases.lookUpCaseByReference(op, reference);
  }

  @Query(() => [Case], {
    nullable: true,
    description:
      'The cases of a person who was looked up, in the viewer’s districts, to find the right worker; the latest first, 20 at most. One person per operation. Logged.',
  })
  casesOfPerson(
    @Ctx() op: Operation,
    @Arg('personId', () => ID, { description: 'The `id` of the person, as `personLookUp` answers it.' })
    personId: string,
  ) {
    return cases.lookUpCasesOfPerson(op, personId);
  }

  @Query(() => CaseConnection, {
    nullable: true,
    description:
      'The viewer’s own queue, newest first unless sorted. A worker has their own cases and those in which they stand in, a head those without a worker, a person their own. The cases of a district are never listed.',
  })
  cases(@Ctx() op: Operation, @Args(() => CasesArgs) args: CasesArgs) {
    return cases.listCases(op, args);
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district that helps.' })
  district(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'Travailleur social référent: the worker who has the case; null while nobody does.',
  })
  assignedWorker(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return row.assignedWorkerId === null ? null : loadWorker(op, row.assignedWorkerId);
  }

  @FieldResolver(() => [Need], {
    nullable: true,
    description:
      'The needs that are recorded in the case, the oldest first; 100 at most. The worker who opened it reads those that they recorded, until the case is first assigned.',
  })
  needs(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadNeedsOfCase(op, row.id);
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Opens a case that nobody is assigned to yet. The viewer has looked its persons up, or has accepted a referral of them.',
  })
  openCase(@Ctx() op: Operation, @Arg('input', () => OpenCaseInput) input: OpenCaseInput) {
    return cases.openCase(op, input);
  }

  @Mutation(() => Case, {
    nullable: true,
    description: 'Assigns a case that nobody has. Only the head may, and never to themselves.',
  })
  assignCase(@Ctx() op: Operation, @Arg('input', () => AssignCaseInput) input: AssignCaseInput) {
    return cases.assignCase(op, input);
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Gives a case to another worker. Only the head may. It opens nothing that was written earlier.',
  })
  reassignCase(@Ctx() op: Operation, @Arg('input', () => AssignCaseInput) input: AssignCaseInput) {
    return cases.reassignCase(op, input);
  }
}
