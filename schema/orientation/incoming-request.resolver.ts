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
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { dayBefore } from '../../src/services/operation/period.js';
import * as requests from '../../src/services/orientation/incoming-requests.js';
import { loadPerson } from '../../src/services/person/persons.js';
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
  @Field(() => ID, { description: 'The district that was asked.' })
  districtId!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True lists requests that are over, instead of those that are due.',
  })
  done?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True lists only requests for which a last day has passed.',
  })
  overdueOnly?: boolean | null;
}

@Resolver(() => IncomingRequest)
export class IncomingRequestResolver {
  @Query(() => IncomingRequest, {
    nullable: true,
    description:
      'One request of a partner by its id; null for one that does not exist or that the viewer may not see. One request per operation may be one that the viewer does not deal with.',
  })
  incomingRequest(
    @Ctx() op: Operation,
    @Arg('id', () => ID, { description: 'The `id` of the request.' }) id: string,
  ) {
    return requests.lookUpIncomingRequest(op, id);
  }

  @Query(() => IncomingRequestConnection, {
    nullable: true,
    description:
      'The requests of partners to a district, by the day on which an answer, or informing the person, is due. The head sees all of them, a social worker those that they deal with.',
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
      'The last day on which to inform the person that the service has their data (GDPR art. 14), in Paris. Null where no day is set.',
  })
  informBy(@Root() row: requests.IncomingRequestRow) {
    return row.informBy === null ? null : dayBefore(row.informBy);
  }

  @FieldResolver(() => Day, {
    nullable: true,
    description:
      'The day on which to look again at a deferral, in Paris; null if there is none. Only the worker who deals with the request reads it.',
  })
  reviewOn(@Root() row: requests.IncomingRequestRow) {
    return row.reviewOn === null ? null : dayBefore(row.reviewOn);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether the last day for the answer, or for informing the person, has passed. What is deferred is not overdue.',
  })
  overdue(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return requests.isOverdue(op, row);
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district that was asked.' })
  district(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The worker who deals with it; null until the head has allocated it.',
  })
  worker(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return row.workerId === null ? null : loadWorker(op, row.workerId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The name of the person that it is about. The head reads it until the request is allocated.',
  })
  name(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return requests.loadNameOfRequest(op, row);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person that it is about; null for someone that the service does not know.',
  })
  person(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return row.personId === null ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The text of the partner’s request. The head reads it until the request is allocated.',
  })
  text(@Ctx() op: Operation, @Root() row: requests.IncomingRequestRow) {
    return requests.loadTextOfRequest(op, row);
  }

  @Mutation(() => RecordedIncomingRequest, {
    nullable: true,
    description:
      'Takes a partner’s request down. The district and the category of the partner are enough. The head then allocates it.',
  })
  recordIncomingRequest(
    @Ctx() op: Operation,
    @Arg('input', () => RecordIncomingRequestInput) input: RecordIncomingRequestInput,
  ) {
    return requests.recordIncomingRequest(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description:
      'Says which social worker deals with a partner’s request. Only the head may, and from then on reads neither its name nor its text.',
  })
  allocateIncomingRequest(
    @Ctx() op: Operation,
    @Arg('input', () => AllocateIncomingRequestInput) input: AllocateIncomingRequestInput,
  ) {
    return requests.allocateIncomingRequest(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description: 'Records that the partner was answered. The day for informing the person still holds.',
  })
  answerIncomingRequest(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return requests.answerIncomingRequest(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description: 'Declines a partner’s request, as it is not for the service.',
  })
  declineIncomingRequest(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return requests.declineIncomingRequest(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description:
      'Marks a request as about a child to protect, where nobody said so when it was taken down. From then on no day is set for informing anyone (CASF L226-2-1). It cannot be taken back.',
  })
  markChildProtection(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return requests.markChildProtection(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description:
      'Records that the person was told, now, that the service has their data, and who gave them (GDPR art. 14).',
  })
  recordInformation(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return requests.recordInformation(op, input);
  }

  @Mutation(() => IncomingRequest, {
    nullable: true,
    description:
      'Says that the person is not informed for now, on a ground of a closed list. Nobody else is told of it.',
  })
  deferInformation(
    @Ctx() op: Operation,
    @Arg('input', () => DeferInformationInput) input: DeferInformationInput,
  ) {
    return requests.deferInformation(op, input);
  }
}
