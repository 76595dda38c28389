import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type {
  IndicatorKind as KindValue,
  TeamPosition as PositionValue,
  IndicatorRefusal as RefusalValue,
  IndicatorStatus as StatusValue,
  IndicatorUnit as UnitValue,
} from '../../prisma/generated/enums.js';
import { IndicatorKind, IndicatorRefusal, IndicatorStatus, IndicatorUnit, TeamPosition } from '../enums.js';
import { Day } from '../scalars.js';

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
    description: 'A to Z, 0 to 9 and _. One that there is makes another version of it.',
  })
  code!: string;

  @Field(() => String)
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
      'Which of the records it is counted from, as the adopted ones name it; left out where nothing records it yet.',
  })
  measure?: string | null;

  @Field(() => IndicatorUnit, { nullable: true, description: 'Without a measure.' })
  unit?: UnitValue | null;

  @Field(() => IndicatorKind, { nullable: true, description: 'Without a measure.' })
  kind?: KindValue | null;

  @Field(() => [String], { nullable: true, description: 'All of the measure’s unless given.' })
  dimensions?: string[] | null;

  @Field(() => Int, { nullable: true, description: '6 at least, 11 of needs and health.' })
  threshold?: number | null;
}

@InputType()
export class OpenConsultationInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Day, { description: 'The last day, two weeks from now at least and 120 days at most.' })
  until!: Date;
}

@InputType()
export class StateOpinionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  districtId!: string;

  @Field(() => TeamPosition)
  position!: PositionValue;

  @Field(() => String, { nullable: true, description: 'Public: what those say who do not agree.' })
  dissent?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of the opinion that is corrected; left out the first time.',
  })
  expectedVersion?: number | null;
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
}
