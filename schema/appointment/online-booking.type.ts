import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';
import { AppointmentMode, AppointmentStatus } from './appointment.enums.js';

@ObjectType({ description: 'Rendez-vous pris en ligne, as who booked it sees it: without its workers.' })
export class OnlineBooking {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Manages the booking. Answered once, to the client that books; a person needs none.',
  })
  secret!: string | null;

  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date;

  @Field(() => AppointmentStatus, { nullable: true })
  status!: string;

  @Field(() => AppointmentMode, { nullable: true })
  mode!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Null is the district’s address, or what the mode says.',
  })
  place!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}
