import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadAppointmentType } from '../../src/services/agenda/appointment-types.js';
import { listOnlineTypes, type OnlineTypeRow } from '../../src/services/agenda/online-types.js';
import { AppointmentType } from './appointment-type.type.js';
import { OnlineType } from './online-type.type.js';

@Resolver(() => OnlineType)
export class OnlineTypeResolver {
  @Query(() => [OnlineType], {
    nullable: true,
    description:
      'The appointment types that anyone can book online in a district, by code. No worker is named. `slots` has the free times.',
  })
  onlineTypes(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID, { description: 'The district in which someone wants to be received.' })
    districtId: string,
  ) {
    return listOnlineTypes(op, districtId);
  }

  @FieldResolver(() => AppointmentType, {
    description: 'The appointment type, with its public label and its length.',
  })
  type(@Ctx() op: Operation, @Root() row: OnlineTypeRow) {
    return loadAppointmentType(op, row.typeCode);
  }
}
