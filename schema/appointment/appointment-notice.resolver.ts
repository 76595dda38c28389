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
import * as notices from '../../src/services/appointment/appointment-notices.js';
import { loadAppointment } from '../../src/services/appointment/appointments.js';
import { loadPerson } from '../../src/services/person/persons.js';
import { ConnectionArgs } from '../connection.js';
import { Person } from '../person/person.type.js';
import { Appointment } from './appointment.type.js';
import {
  AppointmentNotice,
  AppointmentNoticeConnection,
  RecordNoticeInput,
} from './appointment-notice.type.js';

@ArgsType()
class NoticesArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'The district whose notices are listed.' })
  districtId!: string;
}

@Resolver(() => AppointmentNotice)
export class AppointmentNoticeResolver {
  @Query(() => AppointmentNoticeConnection, {
    nullable: true,
    description:
      'The notices of a district that staff still have to give: of a cancelled, a moved or a near appointment. The person who has waited longest comes first.',
  })
  noticesToGive(@Ctx() op: Operation, @Args(() => NoticesArgs) args: NoticesArgs) {
    return notices.listNoticesToGive(op, args);
  }

  @FieldResolver(() => Appointment, { nullable: true, description: 'The appointment as it is now.' })
  appointment(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    return loadAppointment(op, row.appointmentId);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person to tell, by their safe contact and by nothing else.',
  })
  person(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    return loadPerson(op, row.personId);
  }

  @Mutation(() => AppointmentNotice, {
    nullable: true,
    description: 'Records that a person was told of a notice, or could not be reached.',
  })
  recordNotice(@Ctx() op: Operation, @Arg('input', () => RecordNoticeInput) input: RecordNoticeInput) {
    return notices.recordNotice(op, input);
  }
}
