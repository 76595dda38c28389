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
import * as collective from '../../src/services/collective-appointments.js';
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
  @Field(() => ID)
  districtId!: string;

  @Field(() => String)
  typeCode!: string;

  @Field(() => Int, { nullable: true, description: '1 to 100; 20 unless given.' })
  first?: number | null;
}

@Resolver(() => CollectiveAppointment)
export class CollectiveAppointmentResolver {
  @Query(() => [CollectiveAppointment], {
    nullable: true,
    description:
      'Those of a type to come in a district that have a place left, by start: the desk’s, or those that the viewer holds.',
  })
  collectiveAppointments(
    @Ctx() op: Operation,
    @Args(() => CollectiveAppointmentsArgs) args: CollectiveAppointmentsArgs,
  ) {
    return collective.listCollective(op, args);
  }

  @Query(() => CollectiveAppointment, { nullable: true, description: 'By the id of the appointment.' })
  collectiveAppointment(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return collective.loadCollective(op, id);
  }

  @FieldResolver(() => Appointment, { nullable: true })
  appointment(@Root() row: collective.CollectiveRow) {
    return row;
  }

  @FieldResolver(() => Int, { nullable: true })
  placesLeft(@Root() row: collective.CollectiveRow) {
    return row.places - row.placesTaken;
  }

  @FieldResolver(() => [TakenPlace], {
    nullable: true,
    description: 'Those that are taken by someone whom the viewer knows. Others are taken without a name.',
  })
  takenPlaces(@Ctx() op: Operation, @Root() row: collective.CollectiveRow) {
    return collective.listTakenPlaces(op, row);
  }

  @Mutation(() => CollectiveAppointment, {
    nullable: true,
    description: 'Opens one at a time that is chosen, with nobody in it yet.',
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
      'Gives a place. When there is none left: a CONFLICT with the reason NO_PLACE_LEFT, whose `nextFreeSlots` are other times of the same type that have one.',
  })
  joinCollectiveAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => JoinCollectiveAppointmentInput) input: JoinCollectiveAppointmentInput,
  ) {
    return collective.joinCollective(op, input);
  }

  @Mutation(() => CollectiveAppointment, {
    nullable: true,
    description: 'Takes one place back; the others keep theirs.',
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
      'Whether one of those who have a place came, once it has begun; said again, it corrects what was said. The answer tells the desk the `outcome` of that one alone: asking for those of others that were said before is FORBIDDEN, and changes nothing.',
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
  @FieldResolver(() => Person, { nullable: true })
  person(@Root() row: collective.TakenPlaceRow) {
    return row.person;
  }
}
