import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as collective from '../../src/services/appointment/collective-appointments.js';
import { Person } from '../person/person.type.js';
import { Appointment } from './appointment.type.js';
import {
  CollectiveAppointment,
  JoinCollectiveAppointmentInput,
  LeaveCollectiveAppointmentInput,
  OpenCollectiveAppointmentInput,
  RecordAttendanceInput,
  TakenPlace,
} from './collective-appointment.type.js';

@ArgsType()
class CollectiveAppointmentsArgs {
  @Field(() => ID, { description: 'The district that holds them.' })
  districtId!: string;

  @Field(() => String, { description: 'The `code` of a collective type.' })
  typeCode!: string;

  @Field(() => Int, { nullable: true })
  first?: number | null;
}

@Resolver(() => CollectiveAppointment)
export class CollectiveAppointmentResolver {
  @Query(() => [CollectiveAppointment], {
    nullable: true,
    description:
      'The collective appointments of a type in a district that are to come and have a place left, by start. The desk sees all of them, a worker those that they hold.',
  })
  collectiveAppointments(
    @Ctx() op: Operation,
    @Args(() => CollectiveAppointmentsArgs) args: CollectiveAppointmentsArgs,
  ) {
    return collective.listCollective(op, args);
  }

  @Query(() => CollectiveAppointment, {
    nullable: true,
    description:
      'One collective appointment, by the id of its appointment. Null for one that does not exist or that the viewer does not work with.',
  })
  collectiveAppointment(
    @Ctx() op: Operation,
    @Arg('id', () => ID, { description: 'The `id` of the appointment.' }) id: string,
  ) {
    return collective.loadCollective(op, id);
  }

  @FieldResolver(() => Appointment, {
    nullable: true,
    description: 'The appointment itself, with its time and its workers.',
  })
  appointment(@Root() row: collective.CollectiveRow) {
    return row;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'The number of places that nobody has taken.' })
  placesLeft(@Root() row: collective.CollectiveRow) {
    return row.places - row.placesTaken;
  }

  @FieldResolver(() => [TakenPlace], {
    nullable: true,
    description:
      'The places of persons that the viewer knows. Places that were given without a name are not listed.',
  })
  takenPlaces(@Ctx() op: Operation, @Root() row: collective.CollectiveRow) {
    return collective.listTakenPlaces(op, row);
  }

  @Mutation(() => CollectiveAppointment, {
    nullable: true,
    description:
      'Opens a collective appointment at a chosen time; nobody has a place in it yet. A worker who is busy then is a CONFLICT with the reason SLOT_TAKEN.',
  })
  openCollectiveAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => OpenCollectiveAppointmentInput) input: OpenCollectiveAppointmentInput,
  ) {
    return collective.openCollective(op, input);
  }

  @Mutation(() => CollectiveAppointment, {
    nullable: true,
    description:
      'Gives someone a place. When no place is left, it is a CONFLICT with the reason NO_PLACE_LEFT, and `nextFreeSlots` has other times of the same type with a place.',
  })
  joinCollectiveAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => JoinCollectiveAppointmentInput) input: JoinCollectiveAppointmentInput,
  ) {
    return collective.joinCollective(op, input);
  }

  @Mutation(() => CollectiveAppointment, {
    nullable: true,
    description: 'Takes one place back. Everyone else keeps theirs.',
  })
  leaveCollectiveAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => LeaveCollectiveAppointmentInput) input: LeaveCollectiveAppointmentInput,
  ) {
    return collective.leaveCollective(op, input);
  }

  @Mutation(() => CollectiveAppointment, {
    nullable: true,
    description:
      'Records whether a person who has a place came, once the appointment has begun. A second record corrects the first one. In the answer the desk may read only the `outcome` of this person. To ask for an outcome that was recorded earlier is FORBIDDEN, and changes nothing.',
  })
  recordAttendance(
    @Ctx() op: Operation,
    @Arg('input', () => RecordAttendanceInput) input: RecordAttendanceInput,
  ) {
    return collective.recordAttendance(op, input);
  }
}

@Resolver(() => TakenPlace)
export class TakenPlaceResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'The person who has the place.' })
  person(@Root() row: collective.TakenPlaceRow) {
    return row.person;
  }
}
