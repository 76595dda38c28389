import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import * as relays from '../../src/services/relays.js';
import { District, Worker } from '../directory/directory.type.js';
import { EndRelayInput, OpenRelayInput } from './case.input.js';
import { Relay } from './case.type.js';

@Resolver(() => Relay)
export class RelayResolver {
  @Query(() => [Relay], { nullable: true, description: 'In force or to come in a district of the viewer.' })
  relays(@Ctx() op: Operation, @Arg('districtId', () => ID) districtId: string) {
    return relays.listRelays(op, districtId);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() relay: relays.RelayRow) {
    return loadDistrict(op, relay.districtId);
  }

  @FieldResolver(() => Worker, { nullable: true })
  absentWorker(@Ctx() op: Operation, @Root() relay: relays.RelayRow) {
    return loadWorker(op, relay.absentWorkerId);
  }

  @FieldResolver(() => Worker, { nullable: true })
  standIn(@Ctx() op: Operation, @Root() relay: relays.RelayRow) {
    return loadWorker(op, relay.standInId);
  }

  @Mutation(() => Relay, { nullable: true })
  openRelay(@Ctx() op: Operation, @Arg('input', () => OpenRelayInput) input: OpenRelayInput) {
    return relays.openRelay(op, input);
  }

  @Mutation(() => Relay, { nullable: true })
  endRelay(@Ctx() op: Operation, @Arg('input', () => EndRelayInput) input: EndRelayInput) {
    return relays.endRelay(op, input);
  }
}
