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
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import * as requests from '../../src/services/incoming-requests.js';
import { dayBefore } from '../../src/services/period.js';
import { loadPerson } from '../../src/services/persons.js';
import { ConnectionArgs } from '../connection.js';
import { VersionedInput } from '../directory/directory.input.js';
import { District, Worker } from '../directory/directory.type.js';
import { Person } from '../person/person.type.js';
import { Day } from '../scalars.js';
import {
  AllocateIncomingRequestInput,
  DeferInformationInput,
  IncomingRequest,
  IncomingRequestConnection,
  RecordedIncomingRequest,
  RecordIncomingRequestInput,
} from './incoming-request.type.js';

@ArgsType()
class IncomingRequestsArgs extends ConnectionArgs {
  @Field(() => ID)
  districtId!: string;

  @Field(() => Boolean, { nullable: true, description: 'What is done, instead of what is due.' })
  done?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  overdueOnly?: boolean | null;
}

@Resolver(() => IncomingRequest)
export class IncomingRequestResolver {
  @Query(() => IncomingRequest, { nullable: true })
  incomingRequest(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return requests.lookUpIncomingRequest(op, id);
  }

  @Query(() => IncomingRequestConnection, {
    nullable: true,
    description:
      'What partners asked a district, by the day on which an answer, or informing the person, is due: to its head all of it, to a social worker what is theirs.',
  })
  incomingRequests(@Ctx() op: Operation, @Args(() => IncomingRequestsArgs) args: IncomingRequestsArgs) {
    return requests.listIncomingRequests(op, args);
  }

  @FieldResolver(() => Day, { nullable: true, description: 'The last day on which to answer, in Paris.' })
  answerBy(@Root() row: requests.IncomingRequestRow) {
    return dayBefore(row.answerBy);
  }

  @FieldResolver(() => Day, {
    nullable: true,
    description:
      'The last day on which to inform the person that the service has their data (GDPR art. 14); null where nobody is to be.',
  })
  informBy(@Root() row: requests.IncomingRequestRow) {
    return row.informBy === null ? null : dayBefore(row.informBy);
  }

  @FieldResolver(() => Day, {
    nullable: true,
    description: 'The day on which to look again at a deferral: to who has it alone.',
  })
  reviewOn(@Root() row: requests.IncomingRequestRow) {
    return row.reviewOn === null ? null : dayBefore(row.reviewOn);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'The first of these days that is still due has passed.',
  })
  overdue(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return requests.isOverdue(op, row);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'Null until the head has allocated it.' })
  worker(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return row.workerId === null ? null : loadWorker(op, row.workerId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'About whom: to the head as long as it is to be allocated.',
  })
  name(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return requests.loadNameOfRequest(op, row);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Null for someone whom the service does not know.',
  })
  person(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return row.personId === null ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What is asked: to the head as long as it is to be allocated.',
  })
  text(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return requests.loadTextOfRequest(op, row);
  }

  @Mutation(() => RecordedIncomingRequest, {
    nullable: true,
    description: 'A district and who asks (a category) are enough.',
  })
  recordIncomingRequest(
    @Ctx() op: Operation,
    @Arg('input', () => RecordIncomingRequestInput) input: RecordIncomingRequestInput,
  ) {
    return requests.recordIncomingRequest(op, input);
  }

  @Mutation(() => IncomingRequest, { nullable: true, description: 'The head says who takes it.' })
  allocateIncomingRequest(
    @Ctx() op: Operation,
    @Arg('input', () => AllocateIncomingRequestInput) input: AllocateIncomingRequestInput,
  ) {
    return requests.allocateIncomingRequest(op, input);
  }

  @Mutation(() => IncomingRequest, { nullable: true, description: 'The partner was answered.' })
  answerIncomingRequest(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return requests.answerIncomingRequest(op, input);
  }

  @Mutation(() => IncomingRequest, { nullable: true, description: 'It is not for the service.' })
  declineIncomingRequest(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return requests.declineIncomingRequest(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description:
      'It is about a child to protect, as nobody said when it was taken down: no day is set for informing anyone any more. Said for good.',
  })
  markChildProtection(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return requests.markChildProtection(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description: 'The person was told that the service has their data, and from whom (GDPR art. 14).',
  })
  recordInformation(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return requests.recordInformation(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description:
      'The person is not informed for now, on a ground of a closed list; nothing else is told of it.',
  })
  deferInformation(
    @Ctx() op: Operation,
    @Arg('input', () => DeferInformationInput) input: DeferInformationInput,
  ) {
    return requests.deferInformation(op, input);
  }
}
