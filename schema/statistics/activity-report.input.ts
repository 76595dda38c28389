import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';

@ArgsType()
export class ActivityReportArgs {
  @Field(() => ID, { nullable: true, description: 'The district that it is about; the county unless given.' })
  districtId?: string | null;

  @Field(() => Int, { description: 'The calendar year that it is about.' })
  year!: number;
}

@InputType({ description: 'The words of a team on its year.' })
export class WriteNarrativeInput {
  @Field(() => ID, { nullable: true, description: 'The district whose team it is; the county unless given.' })
  districtId?: string | null;

  @Field(() => Int, { description: 'A calendar year whose figures are frozen.' })
  year!: number;

  @Field(() => String, {
    description: `The text in French, at most ${charactersOf(LONGEST.publishedText)}: of the work and its circumstances, of no person and of no worker.`,
  })
  text!: string;

  @Field(() => String, {
    nullable: true,
    description: `The same in English, at most ${charactersOf(LONGEST.publishedText)}.`,
  })
  textEn?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A `WaitSimulation` of the district that the team shows with its words, once it is worked out; none unless given. It is signed with the text.',
  })
  simulationId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `version` of the report that was last read, to write anew; left out the first time. If the report has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'The report in which a team declines to write.' })
export class DeclineNarrativeInput {
  @Field(() => ID, { nullable: true, description: 'The district whose team it is; the county unless given.' })
  districtId?: string | null;

  @Field(() => Int, { description: 'A calendar year whose figures are frozen.' })
  year!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `version` of the report that was last read; left out the first time. If the report has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'The text that the viewer signs.' })
export class SignNarrativeInput {
  @Field(() => ID, { nullable: true, description: 'The district whose team it is; the county unless given.' })
  districtId?: string | null;

  @Field(() => Int, { description: 'The calendar year of the report.' })
  year!: number;

  @Field(() => Int, {
    description:
      'The version of the text that was read, and is signed: of the latest one of `laterTexts`; `textVersion` if there is none. If another text was written since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;
}

@InputType({ description: 'The draft of a report that is signed, to be published.' })
export class PublishActivityReportInput {
  @Field(() => ID, { nullable: true, description: 'The district that it is about; the county unless given.' })
  districtId?: string | null;

  @Field(() => Int, { description: 'The calendar year that it is about.' })
  year!: number;

  @Field(() => Int, {
    description:
      'The `textVersion` of the report that was read, and is published. If another text stands since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;
}
