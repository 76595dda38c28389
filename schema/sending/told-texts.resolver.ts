import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import type * as notices from '../../src/services/appointment/appointment-notices.js';
import { letterTo } from '../../src/services/sending/letters.js';
import { textOfNotice, textOfOffer } from '../../src/services/sending/told-texts.js';
import type * as offers from '../../src/services/waiting-list/slot-offers.js';
import { AppointmentNotice } from '../appointment/appointment-notice.type.js';
import { SlotOffer } from '../waiting-list/slot-offer.type.js';
import { COST_OF_A_LETTER, LETTER } from './letter.js';

@Resolver(() => AppointmentNotice)
export class NoticeTextResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The French text to read out or to send: the public label, the time and the address. It names neither the service nor anyone.',
  })
  async text(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    return (await textOfNotice(op, row))?.full ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: LETTER, complexity: COST_OF_A_LETTER })
  async letter(@Ctx() op: Operation, @Root() row: notices.AppointmentNoticeRow) {
    return letterTo(op, row.personId, row.districtId, await textOfNotice(op, row));
  }
}

@Resolver(() => SlotOffer)
export class OfferTextResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The French text to read out or to send: the public label, the time and the deadline. It names neither the service nor anyone.',
  })
  async text(@Ctx() op: Operation, @Root() row: offers.OfferRow) {
    return (await textOfOffer(op, row))?.full ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: LETTER, complexity: COST_OF_A_LETTER })
  async letter(@Ctx() op: Operation, @Root() row: offers.OfferRow) {
    return letterTo(op, row.personId, row.districtId, await textOfOffer(op, row));
  }
}
