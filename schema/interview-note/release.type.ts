import { Field, ID, ObjectType } from 'type-graphql';
import { NotificationKind, ReleaseGround } from '../enums.js';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Opens the notes of someone who is gone, or absent over 15 days, to the assigned worker, for as long as the case is theirs.',
})
export class Release {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true })
  caseReference!: string;

  @Field(() => ReleaseGround, { nullable: true })
  ground!: string;

  @Field(() => DateTime, { nullable: true })
  requestedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  approvedAt!: Date | null;
}

@ObjectType({ description: 'What a worker is told of, without content.' })
export class Notification {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => NotificationKind, { nullable: true })
  kind!: string;

  @Field(() => DateTime, { nullable: true })
  createdAt!: Date;
}
