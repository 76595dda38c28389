import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'The wait of a quarter under some means: the third next available appointment, on average. If more is asked for than is open, the wait grows without end, and has no number of days.',
})
export class WaitForecast {
  @Field(() => Int, {
    nullable: true,
    description: 'The share of the open hours that is asked for, in whole per cent.',
  })
  loadPercent!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of days; null where the wait grows without end.',
  })
  days!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The lower end: in eight cases of ten it is between both ends. Null with `days`.',
  })
  daysFrom!: number | null;

  @Field(() => Int, { nullable: true, description: 'The upper end. Null with `days`.' })
  daysTo!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The number of days by which the wait grows in a week, to a tenth; null where it does not grow without end.',
  })
  growsDaysAWeek!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The lower end: in eight cases of ten it is between both ends. Below zero the wait gets shorter. Null with `growsDaysAWeek`.',
  })
  growsFrom!: number | null;

  @Field(() => Float, { nullable: true, description: 'The upper end. Null with `growsDaysAWeek`.' })
  growsTo!: number | null;
}

@ObjectType({
  description:
    'A question of a team, and its answer: the wait of the next quarter, as now and under other means. A job works it out from `thirdNextAvailable`, from the number of posts and from what the member states, so it tells nothing of a worker that these do not tell.',
})
export class WaitSimulation {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'The `code` of the type whose wait it is.' })
  typeCode!: string;

  @Field(() => Day, { nullable: true, description: 'The day on which it was asked, in Paris.' })
  askedOn!: Date;

  @Field(() => Day, { nullable: true, description: 'The first day of the figures, a Monday.' })
  figuresFrom!: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day of the quarter that is foreseen, a Monday. The figures end before it.',
  })
  foreseenFrom!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'The half-days of reception in an ordinary week, as the member who asked states them.',
  })
  halfDaysNow!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of social workers of the district when it was asked.',
  })
  postsNow!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The half-days that are added in each week; below zero, taken away.',
  })
  moreHalfDays!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The posts that are added; below zero, vacant. A post has the average of half-days.',
  })
  morePosts!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The requests that are added, in per cent; below zero, taken away.',
  })
  moreAsksPercent!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a job has worked it out; it takes some seconds.',
  })
  isReady!: boolean;

  @Field(() => WaitForecast, { nullable: true, description: 'The quarter as now; null until it is ready.' })
  asNow!: object | null;

  @Field(() => WaitForecast, {
    nullable: true,
    description: 'The quarter after the change; null until it is ready.',
  })
  changed!: object | null;
}
