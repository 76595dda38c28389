import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ActKind } from '../act/act.enums.js';
import { DateTime } from '../scalars.js';
import { NotificationKind } from './notification.enums.js';

@ObjectType({ description: 'Something that a worker is told of, without content.' })
export class Notification {
  @Field(() => ID)
  id!: string;

  @Field(() => NotificationKind, { nullable: true, description: 'The event that has happened.' })
  kind!: string;

  @Field(() => ActKind, {
    nullable: true,
    description: 'For MEASURE_REACHED and ACTS_TAKEN_BACK: the kind of the acts. Null for any other kind.',
  })
  act!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For MEASURE_REACHED and ACTS_TAKEN_BACK: how many acts. Null for any other kind.',
  })
  howMany!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When the worker was told.' })
  createdAt!: Date;
}
