import { Field, ObjectType } from 'type-graphql';
import { DateTime, Day } from '../scalars.js';

@ObjectType({
  description:
    'A line of a case’s access log; the confidential part is one line a day, without time or author.',
})
export class AccessLogEntry {
  @Field(() => Day, { nullable: true })
  occurredOn!: Date;

  @Field(() => DateTime, { nullable: true })
  occurredAt!: Date | null;

  @Field(() => String, { nullable: true })
  action!: string;

  @Field(() => String, { nullable: true })
  outcome!: string;
}
