import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadAppointmentType } from '../../src/services/agenda/appointment-types.js';
import { cancelBookingsOfClient } from '../../src/services/appointment/bookings-of-client.js';
import * as online from '../../src/services/appointment/online-bookings.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import { District } from '../directory/directory.type.js';
import {
  BookOnlineInput,
  CancelBookingsOfClientInput,
  CancelOnlineInput,
  MoveOnlineInput,
} from './online-booking.input.js';
import { CancelledBookings, OnlineBooking } from './online-booking.type.js';

@Resolver(() => OnlineBooking)
export class OnlineBookingResolver {
  @Query(() => OnlineBooking, {
    nullable: true,
    description:
      'The booking that a client made, by its secret, until a day after its end; null for any other secret.',
  })
  onlineBooking(
    @Ctx() op: Operation,
    @Arg('secret', () => String, { description: 'The `secret` that `bookOnline` answered.' }) secret: string,
  ) {
    return online.loadOnlineBooking(op, secret);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A neutral French word for the form of the appointment, such as entretien, visite, appel or réunion.',
  })
  async publicLabel(@Ctx() op: Operation, @Root() row: online.OnlineBookingRow) {
    return (await loadAppointmentType(op, row.typeCode))?.publicLabelFr ?? null;
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district that receives the person.' })
  district(@Ctx() op: Operation, @Root() row: online.OnlineBookingRow) {
    return loadDistrict(op, row.districtId);
  }

  @Mutation(() => OnlineBooking, {
    nullable: true,
    description:
      'Books a public time: a person for themselves, a client for someone else. A time that is taken is a CONFLICT with the reason SLOT_TAKEN, and other free times in `nextFreeSlots`. A person may have three bookings ahead at most. Through a client, the address of an end user has three: then it is a CONFLICT with the reason TOO_MANY_AHEAD. A client has half of the public times of a district on a day: then it is a CONFLICT with the reason DAY_SHARE_TAKEN, and times of another day in `nextFreeSlots`. 600 bookings in an hour are RATE_LIMITED.',
  })
  bookOnline(@Ctx() op: Operation, @Arg('input', () => BookOnlineInput) input: BookOnlineInput) {
    return online.bookOnline(op, input);
  }

  @Mutation(() => OnlineBooking, {
    nullable: true,
    description:
      'Moves a booking to another public time. It keeps the old time if the new one is taken, or if the client has its share of the new day (DAY_SHARE_TAKEN).',
  })
  moveOnline(@Ctx() op: Operation, @Arg('input', () => MoveOnlineInput) input: MoveOnlineInput) {
    return online.moveOnline(op, input);
  }

  @Mutation(() => OnlineBooking, {
    nullable: true,
    description: 'Cancels a booking and frees its time. Nobody is asked why.',
  })
  cancelOnline(@Ctx() op: Operation, @Arg('input', () => CancelOnlineInput) input: CancelOnlineInput) {
    return online.cancelOnline(op, input);
  }

  @Mutation(() => CancelledBookings, {
    nullable: true,
    description:
      'Cancels together what one client booked in one hour, if it is still booked, to come, and in the district: 600 appointments at most, the first that were booked. It is for a client that somebody misuses. The times are free again. Whoever has a contact is to be told (`noticesToGive`). If nothing is left to cancel, and for a client that is not there, it is NOT_FOUND. Logged for each person.',
  })
  cancelBookingsOfClient(
    @Ctx() op: Operation,
    @Arg('input', () => CancelBookingsOfClientInput) input: CancelBookingsOfClientInput,
  ) {
    return cancelBookingsOfClient(op, input);
  }
}
