import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime, Day } from '../scalars.js';
import { TeamOptionKind, TeamOptionStatus } from './agenda.enums.js';

@ObjectType({
  description:
    'What a team may do for a quarter of a year at most, because more than half of its members are for it. It obliges nobody: each worker opens their own hours for calls and for hours without appointment, or none. It ends by itself, and the team can vote for it again.',
})
export class TeamOption {
  @Field(() => ID)
  id!: string;

  @Field(() => TeamOptionKind, { nullable: true, description: 'What the team may do.' })
  kind!: string;

  @Field(() => TeamOptionStatus, {
    nullable: true,
    description: 'What the team decided. The votes are counted in the night after the last day.',
  })
  status!: string;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which it was proposed. Nobody reads who did.',
  })
  proposedOn!: Date;

  @Field(() => Day, { nullable: true, description: 'The last day of the vote.' })
  votedUntil!: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day on which it is in force, if it is adopted.',
  })
  startsOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day on which it is not in force any more.',
  })
  endsOn!: Date;
}

@ObjectType({
  description: 'A time at which people can come without an appointment: public. It names no worker.',
})
export class WalkInHour {
  @Field(() => DateTime, { description: 'The first instant at which people are received.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'The end: the first instant at which nobody is received any more.' })
  endsAt!: Date;

  @Field(() => String, { nullable: true, description: 'The place; null at the district’s address.' })
  place!: string | null;
}
