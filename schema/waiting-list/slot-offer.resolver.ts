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
import { loadWorker } from '../../src/services/directory/directory.js';
import { loadRequest } from '../../src/services/waiting-list/appointment-requests.js';
import * as offers from '../../src/services/waiting-list/slot-offers.js';
import { ConnectionArgs } from '../connection.js';
import { VersionedInput } from '../directory/directory.input.js';
import { Worker } from '../directory/directory.type.js';
import { AppointmentRequest } from './appointment-request.type.js';
import { SlotOffer, SlotOfferConnection } from './slot-offer.type.js';
import { AnswerOfferInput } from './waiting-list.input.js';

@ArgsType()
class OffersArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'The district whose offers are listed.' })
  districtId!: string;
}

@Resolver(() => SlotOffer)
export class SlotOfferResolver {
  @Query(() => SlotOfferConnection, {
    nullable: true,
    description:
      'The offers of a district that staff still have to tell someone about, the nearest deadline first.',
  })
  offersToGive(@Ctx() op: Operation, @Args(() => OffersArgs) args: OffersArgs) {
    return offers.listOffersToGive(op, args);
  }

  @Query(() => SlotOffer, {
    nullable: true,
    description: 'One offer by its id; null for one that does not exist or that the viewer may not see.',
  })
  slotOffer(
    @Ctx() op: Operation,
    @Arg('id', () => ID, { description: 'The `id` of the offer.' }) id: string,
  ) {
    return offers.loadOffer(op, id);
  }

  @FieldResolver(() => AppointmentRequest, { nullable: true, description: 'The request that it answers.' })
  request(@Ctx() op: Operation, @Root() row: offers.OfferRow) {
    return loadRequest(op, row.requestId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who would receive them.' })
  worker(@Ctx() op: Operation, @Root() row: offers.OfferRow) {
    return loadWorker(op, row.workerId);
  }

  @Mutation(() => SlotOffer, { nullable: true, description: 'Records that someone was told of an offer.' })
  recordOffer(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return offers.recordOffer(op, input);
  }

  @Mutation(() => SlotOffer, {
    nullable: true,
    description:
      'Accepts an offer, or declines it. After its deadline it is a CONFLICT with the reason OFFER_EXPIRED. If several were asked, and someone else was first, it is a CONFLICT with the reason SLOT_TAKEN.',
  })
  answerOffer(@Ctx() op: Operation, @Arg('input', () => AnswerOfferInput) input: AnswerOfferInput) {
    return offers.answerOffer(op, input);
  }
}
