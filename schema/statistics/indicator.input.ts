import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type {
  IndicatorRefusal as RefusalValue,
  IndicatorStatus as StatusValue,
} from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { IndicatorRefusal, IndicatorStatus } from './indicator.enums.js';

@ArgsType()
export class IndicatorsArgs {
  @Field(() => IndicatorStatus, {
    nullable: true,
    description: 'Only indicators in this state; all unless given.',
  })
  status?: StatusValue | null;

  @Field(() => String, { nullable: true, description: 'Only the versions of the indicator with this code.' })
  code?: string | null;
}

@InputType({ description: 'An indicator to propose, or another version of one.' })
export class ProposeIndicatorInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The district whose team proposes it. Left out by the technical adviser.',
  })
  districtId?: string | null;

  @Field(() => String, {
    description:
      'A short name of 3 to 40 characters: A to Z, 0 to 9 and _, the first a letter. One that is in use makes another version of that indicator, by the same measure.',
  })
  code!: string;

  @Field(() => String, {
    description: `The name in French, at most ${charactersOf(LONGEST.indicatorLabel)}: a fact. Words that judge are refused as SUBJECTIVE, here as in the other texts, except in \`doesNotCountFr\`.`,
  })
  labelFr!: string;

  @Field(() => String, {
    description: `The name in English, at most ${charactersOf(LONGEST.indicatorLabel)}.`,
  })
  labelEn!: string;

  @Field(() => String, {
    description: `The definition, in French, at most ${charactersOf(LONGEST.paragraph)}.`,
  })
  definitionFr!: string;

  @Field(() => String, {
    description: `The facts that count, with examples, in French, at most ${charactersOf(LONGEST.paragraph)}.`,
  })
  countsFr!: string;

  @Field(() => String, {
    description: `The facts that do not count, with examples, in French, at most ${charactersOf(LONGEST.paragraph)}.`,
  })
  doesNotCountFr!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The recorded fact that it counts, as the `measure` of adopted indicators names it. Unit and kind follow from it. Left out, the proposal is refused as NOT_RECORDED.',
  })
  measure?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'By what it may be broken down, of the dimensions of the measure: 10 at most; all of them unless given.',
  })
  dimensions?: string[] | null;
}

@InputType({ description: 'The indicator about which the teams are asked.' })
export class OpenConsultationInput {
  @Field(() => ID, { description: 'The `id` of the indicator.' })
  id!: string;
}

@InputType({ description: 'An indicator about which the teams were asked.' })
export class AdoptIndicatorInput {
  @Field(() => ID, { description: 'The `id` of the indicator.' })
  id!: string;
}

@InputType({ description: 'The indicator that is to be refused, and why.' })
export class RefuseIndicatorInput {
  @Field(() => ID, { description: 'The `id` of the indicator.' })
  id!: string;

  @Field(() => IndicatorRefusal, { description: 'Why it is to be refused, as a category.' })
  refusal!: RefusalValue;

  @Field(() => String, {
    description: `Why, in words that everyone may read; at most ${charactersOf(LONGEST.paragraph)}.`,
  })
  reason!: string;
}

@InputType({ description: 'The indicator that is to be retired, and why.' })
export class RetireIndicatorInput {
  @Field(() => ID, { description: 'The `id` of the indicator.' })
  id!: string;

  @Field(() => String, {
    description: `Why, in words that everyone may read; at most ${charactersOf(LONGEST.paragraph)}.`,
  })
  reason!: string;
}
