import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { DateTime } from '../scalars.js';
import { AppointmentStatus } from './appointment.enums.js';

@ObjectType({
  description:
    'Rendez-vous pris en ligne: an appointment as the person or the client that booked it sees it, without its workers.',
})
export class OnlineBooking {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret by which a client manages the booking. It is answered once, to the client that books. Null afterwards, and for a person, who needs none.',
  })
  secret!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which the appointment starts.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The instant at which the appointment ends; the end itself is free again.',
  })
  endsAt!: Date;

  @Field(() => AppointmentStatus, {
    nullable: true,
    description: 'Whether it is booked, was cancelled, or how it went.',
  })
  status!: string;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'Whether it is held on site, at home, by phone or by video.',
  })
  mode!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where the person is received. Null means the district’s address, or that the mode says where.',
  })
  place!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({
  description: 'What was cancelled together. It names no appointment and no person.',
})
export class CancelledBookings {
  @Field(() => Int, { nullable: true, description: 'How many appointments were cancelled; at most 600.' })
  cancelled!: number;
}
