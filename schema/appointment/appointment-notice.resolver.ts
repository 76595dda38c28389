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
import * as notices from '../../src/services/appointment-notices.js';
import { loadAppointmentType } from '../../src/services/appointment-types.js';
import { loadAppointment } from '../../src/services/appointments.js';
import { noticeText } from '../../src/services/notice-text.js';
import { loadPerson } from '../../src/services/persons.js';
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
  @Field(() => ID)
  districtId!: string;
}

@Resolver(() => AppointmentNotice)
export class AppointmentNoticeResolver {
  @Query(() => AppointmentNoticeConnection, {
    nullable: true,
    description:
      'Who is still to be told that their appointment is cancelled or moved; who waits longest comes first.',
  })
  noticesToGive(@Ctx() op: Operation, @Args(() => NoticesArgs) args: NoticesArgs) {
    return notices.listNoticesToGive(op, args);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'To be read out or sent, in French: the public label and the time, and neither the service nor a name.',
  })
  async text(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    const type = await loadAppointmentType(op, row.typeCode);
    return type === null ? null : noticeText({ ...row, publicLabelFr: type.publicLabelFr });
  }

  @FieldResolver(() => Appointment, { nullable: true })
  appointment(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    return loadAppointment(op, row.appointmentId);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'To be reached by their safe contact, and by nothing else.',
  })
  person(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    return loadPerson(op, row.personId);
  }

  @Mutation(() => AppointmentNotice, {
    nullable: true,
    description: 'Someone was told, or could not be reached.',
  })
  recordNotice(@Ctx() op: Operation, @Arg('input', () => RecordNoticeInput) input: RecordNoticeInput) {
    return notices.recordNotice(op, input);
  }
}
