import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadAppointmentType } from '../../src/services/appointment-types.js';
import { loadDistrict } from '../../src/services/directory.js';
import * as online from '../../src/services/online-bookings.js';
import { District } from '../directory/directory.type.js';
import { BookOnlineInput, CancelOnlineInput, MoveOnlineInput } from './online-booking.input.js';
import { OnlineBooking } from './online-booking.type.js';

@Resolver(() => OnlineBooking)
export class OnlineBookingResolver {
  @Query(() => OnlineBooking, {
    nullable: true,
    description: 'What a client booked, by its secret, until a day after its end.',
  })
  onlineBooking(@Ctx() op: Operation, @Arg('secret', () => String) secret: string) {
    return online.loadOnlineBooking(op, secret);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Entretien, visite or appel.' })
  async publicLabel(@Ctx() op: Operation, @Root() row: online.OnlineBookingRow) {
    return (await loadAppointmentType(op, row.typeCode))?.publicLabelFr ?? null;
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() row: online.OnlineBookingRow) {
    return loadDistrict(op, row.districtId);
  }

  @Mutation(() => OnlineBooking, {
    nullable: true,
    description:
      'Books a public slot: a person for themselves, a client for someone else. A taken slot is a CONFLICT with `nextFreeSlots`.',
  })
  bookOnline(@Ctx() op: Operation, @Arg('input', () => BookOnlineInput) input: BookOnlineInput) {
    return online.bookOnline(op, input);
  }

  @Mutation(() => OnlineBooking, {
    nullable: true,
    description: 'To another public slot; the old one is kept if the new one is taken.',
  })
  moveOnline(@Ctx() op: Operation, @Arg('input', () => MoveOnlineInput) input: MoveOnlineInput) {
    return online.moveOnline(op, input);
  }

  @Mutation(() => OnlineBooking, { nullable: true, description: 'Frees its time; nobody is asked why.' })
  cancelOnline(@Ctx() op: Operation, @Arg('input', () => CancelOnlineInput) input: CancelOnlineInput) {
    return online.cancelOnline(op, input);
  }
}
