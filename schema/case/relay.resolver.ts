import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as relays from '../../src/services/case/relays.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { VersionedInput } from '../directory/directory.input.js';
import { District, Worker } from '../directory/directory.type.js';
import { EndRelayInput, OpenRelayInput } from './case.input.js';
import { Relay } from './case.type.js';

@Resolver(() => Relay)
export class RelayResolver {
  @Query(() => [Relay], {
    nullable: true,
    description:
      'Relays in force or to come in a district of the viewer, by start; 100 at most. Without a district, those that wait for a yes: in the county for a technical adviser.',
  })
  relays(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID, { nullable: true, description: 'A district in whose team the viewer is.' })
    districtId?: string | null,
  ) {
    return relays.listRelays(op, districtId);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district whose cases the stand-in follows.',
  })
  district(@Ctx() op: Operation, @Root() relay: relays.RelayRow) {
    return loadDistrict(op, relay.districtId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who is away, and has the cases.' })
  absentWorker(@Ctx() op: Operation, @Root() relay: relays.RelayRow) {
    return loadWorker(op, relay.absentWorkerId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who follows the cases meanwhile.' })
  standIn(@Ctx() op: Operation, @Root() relay: relays.RelayRow) {
    return loadWorker(op, relay.standInId);
  }

  @Mutation(() => Relay, {
    nullable: true,
    description:
      'Opens a relay: a colleague follows the cases of an absent worker for a while. Only the head may. Both workers are told. Earlier notes stay closed. A confidential address opens once the absence was declared a day ago. If it is the third worker of the day with an absence that was declared within 24 hours, the relay waits: see `confirmBefore`.',
  })
  openRelay(@Ctx() op: Operation, @Arg('input', () => OpenRelayInput) input: OpenRelayInput) {
    return relays.openRelay(op, input);
  }

  @Mutation(() => Relay, {
    nullable: true,
    description:
      'Confirms a relay that waits (`confirmBefore`). Only a technical adviser who has no part in it may do this. Both workers are told.',
  })
  confirmRelay(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return relays.confirmRelay(op, input);
  }

  @Mutation(() => Relay, { nullable: true, description: 'Ends a relay now. Only the head may.' })
  endRelay(@Ctx() op: Operation, @Arg('input', () => EndRelayInput) input: EndRelayInput) {
    return relays.endRelay(op, input);
  }
}
