import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type {
  IndicatorRefusal as RefusalValue,
  IndicatorStatus as StatusValue,
} from '../../prisma/generated/enums.js';
import { Day } from '../scalars.js';
import { IndicatorRefusal, IndicatorStatus } from './indicator.enums.js';

@ArgsType()
export class IndicatorsArgs {
  @Field(() => IndicatorStatus, { nullable: true, description: 'All unless given.' })
  status?: StatusValue | null;

  @Field(() => String, { nullable: true, description: 'All versions of one.' })
  code?: string | null;
}

@InputType()
export class ProposeIndicatorInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose team proposes it; left out by the technical adviser.',
  })
  districtId?: string | null;

  @Field(() => String, {
    description: 'A to Z, 0 to 9 and _. One that there is makes another version of it, by the same measure.',
  })
  code!: string;

  @Field(() => String, {
    description:
      'A fact. Words that judge are refused as SUBJECTIVE, here as in what follows, but for what it does not count.',
  })
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;

  @Field(() => String)
  definitionFr!: string;

  @Field(() => String)
  countsFr!: string;

  @Field(() => String)
  doesNotCountFr!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Which recorded fact it counts, as the adopted ones name it: unit and kind are the measure’s. Left out, it is refused as NOT_RECORDED.',
  })
  measure?: string | null;

  @Field(() => [String], { nullable: true, description: 'All of the measure’s unless given.' })
  dimensions?: string[] | null;
}

@InputType()
export class OpenConsultationInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Day, { description: 'The last day, two weeks from now at least and 120 days at most.' })
  until!: Date;
}

@InputType()
export class AdoptIndicatorInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class RefuseIndicatorInput {
  @Field(() => ID)
  id!: string;

  @Field(() => IndicatorRefusal)
  refusal!: RefusalValue;

  @Field(() => String, { description: 'In words that everyone may read.' })
  reason!: string;
}

@InputType()
export class RetireIndicatorInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'In words that everyone may read.' })
  reason!: string;
}
