import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadAppointmentType } from '../../src/services/appointment-types.js';
import { listOnlineTypes, type OnlineTypeRow } from '../../src/services/online-types.js';
import { AppointmentType } from '../appointment/appointment.type.js';
import { OnlineType } from './online-type.type.js';

@Resolver(() => OnlineType)
export class OnlineTypeResolver {
  @Query(() => [OnlineType], {
    nullable: true,
    description: 'What anyone can book online in a district, without a worker. Then `slots` has the times.',
  })
  onlineTypes(@Ctx() op: Operation, @Arg('districtId', () => ID) districtId: string) {
    return listOnlineTypes(op, districtId);
  }

  @FieldResolver(() => AppointmentType)
  type(@Ctx() op: Operation, @Root() row: OnlineTypeRow) {
    return loadAppointmentType(op, row.typeCode);
  }
}
