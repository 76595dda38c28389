import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';
import { NotificationKind } from './notification.enums.js';

@ObjectType({ description: 'Something that a worker is told of, without content.' })
export class Notification {
  @Field(() => ID)
  id!: string;

  @Field(() => NotificationKind, { nullable: true, description: 'The event that has happened.' })
  kind!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the worker was told.' })
  createdAt!: Date;
}
