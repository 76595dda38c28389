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
import { loadAppointment } from '../../src/services/appointments.js';
import { letterTo } from '../../src/services/letters.js';
import { loadPerson } from '../../src/services/persons.js';
import { textOfNotice } from '../../src/services/told-texts.js';
import { ConnectionArgs } from '../connection.js';
import { COST_OF_A_LETTER, LETTER } from '../letter.js';
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
      'Whom people still have to tell that their appointment is cancelled, moved or near; who waits longest comes first.',
  })
  noticesToGive(@Ctx() op: Operation, @Args(() => NoticesArgs) args: NoticesArgs) {
    return notices.listNoticesToGive(op, args);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'To be read out or sent, in French: the public label, the time and the address, and neither the service nor a name.',
  })
  async text(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    return (await textOfNotice(op, row))?.full ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: LETTER, complexity: COST_OF_A_LETTER })
  async letter(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    return letterTo(op, row.personId, row.districtId, await textOfNotice(op, row));
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
