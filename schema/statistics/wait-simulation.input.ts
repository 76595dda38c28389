import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';

@ArgsType()
export class WaitSimulationsArgs {
  @Field(() => ID, { description: 'The district, one per operation.' })
  districtId!: string;
}

@InputType({ description: 'A question about the wait of a district: what changes from this week on.' })
export class SimulateWaitInput {
  @Field(() => ID, { description: 'The district, one per operation.' })
  districtId!: string;

  @Field(() => String, {
    description: 'The `code` of a type that everyone may book: nothing is measured of others.',
  })
  typeCode!: string;

  @Field(() => Int, {
    description:
      'The half-days of reception that the district holds in an ordinary week, all workers together, as the team counts them: 1 to 400.',
  })
  halfDaysNow!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The half-days that are added in each week; below zero, taken away. None unless given.',
  })
  moreHalfDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The posts of social workers that are added; below zero, vacant. None unless given.',
  })
  morePosts?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The requests that are added, in per cent, −90 to 300. None unless given.',
  })
  moreAsksPercent?: number | null;
}
