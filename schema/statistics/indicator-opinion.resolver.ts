import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import * as voices from '../../src/services/statistics/indicator-voices.js';
import { District } from '../directory/directory.type.js';
import { Indicator } from './indicator.type.js';
import { StateOpinionInput } from './indicator-opinion.input.js';
import { EarlierVoice, IndicatorOpinion, IndicatorVoice } from './indicator-opinion.type.js';

@Resolver(() => IndicatorOpinion)
export class IndicatorOpinionResolver {
  @FieldResolver(() => District, { nullable: true, description: 'The district whose team it is.' })
  district(@Ctx() op: Operation, @Root() { districtId }: voices.IndicatorOpinionRow) {
    return loadDistrict(op, districtId);
  }

  @FieldResolver(() => [IndicatorVoice], {
    description: 'The opinion of each member, the first to speak first; 200 at most.',
  })
  voices(@Ctx() op: Operation, @Root() opinion: voices.IndicatorOpinionRow) {
    return voices.loadVoices(op, opinion);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'States what the viewer says of an indicator, as a member of a team and for themselves, as long as the teams are asked. Only social workers may.',
  })
  stateOpinion(@Ctx() op: Operation, @Arg('input', () => StateOpinionInput) input: StateOpinionInput) {
    return voices.stateOpinion(op, input);
  }
}

@Resolver(() => IndicatorVoice)
export class IndicatorVoiceResolver {
  @FieldResolver(() => [EarlierVoice], {
    description: 'The earlier opinions of the member, the latest first.',
  })
  earlier(@Ctx() op: Operation, @Root() voice: voices.IndicatorVoiceRow) {
    return voices.loadEarlierWords(op, voice);
  }
}
