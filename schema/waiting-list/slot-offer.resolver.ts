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
import { loadRequest } from '../../src/services/appointment-requests.js';
import { loadWorker } from '../../src/services/directory.js';
import { letterTo } from '../../src/services/letters.js';
import * as offers from '../../src/services/slot-offers.js';
import { textOfOffer } from '../../src/services/told-texts.js';
import { ConnectionArgs } from '../connection.js';
import { VersionedInput } from '../directory/directory.input.js';
import { Worker } from '../directory/directory.type.js';
import { COST_OF_A_LETTER, LETTER } from '../letter.js';
import { AppointmentRequest } from './appointment-request.type.js';
import { SlotOffer, SlotOfferConnection } from './slot-offer.type.js';
import { AnswerOfferInput } from './waiting-list.input.js';

@ArgsType()
class OffersArgs extends ConnectionArgs {
  @Field(() => ID)
  districtId!: string;
}

@Resolver(() => SlotOffer)
export class SlotOfferResolver {
  @Query(() => SlotOfferConnection, {
    nullable: true,
    description: 'Of what nobody has been told yet; whoever is to answer first comes first.',
  })
  offersToGive(@Ctx() op: Operation, @Args(() => OffersArgs) args: OffersArgs) {
    return offers.listOffersToGive(op, args);
  }

  @Query(() => SlotOffer, { nullable: true })
  slotOffer(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return offers.loadOffer(op, id);
  }

  @FieldResolver(() => AppointmentRequest, { nullable: true })
  request(@Ctx() op: Operation, @Root() row: offers.OfferRow) {
    return loadRequest(op, row.requestId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'Who would receive them.' })
  worker(@Ctx() op: Operation, @Root() row: offers.OfferRow) {
    return loadWorker(op, row.workerId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'To be read out or sent, in French: the public label, the time and the deadline, and neither the service nor a name.',
  })
  async text(@Ctx() op: Operation, @Root() row: offers.OfferRow) {
    return (await textOfOffer(op, row))?.full ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: LETTER, complexity: COST_OF_A_LETTER })
  async letter(@Ctx() op: Operation, @Root() row: offers.OfferRow) {
    return letterTo(op, row.personId, row.districtId, await textOfOffer(op, row));
  }

  @Mutation(() => SlotOffer, { nullable: true, description: 'They were told of it.' })
  recordOffer(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return offers.recordOffer(op, input);
  }

  @Mutation(() => SlotOffer, {
    nullable: true,
    description: 'After its deadline, a CONFLICT with the reason OFFER_EXPIRED.',
  })
  answerOffer(@Ctx() op: Operation, @Arg('input', () => AnswerOfferInput) input: AnswerOfferInput) {
    return offers.answerOffer(op, input);
  }
}
