import { Field, ObjectType } from 'type-graphql';
import { DateTime, Day } from '../scalars.js';
import { AccessLogGround } from './access-log.enums.js';

@ObjectType({
  description:
    'A line of the access log. The confidential part is one line a day, at the beginning of its day, without time or author; it blanks nothing but itself and what was read of the same case in the same operation. Lines are only ever inserted.',
})
export class AccessLogEntry {
  @Field(() => Day, { nullable: true })
  occurredOn!: Date;

  @Field(() => DateTime, { nullable: true })
  occurredAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'As in `AccessLogAction`.' })
  action!: string;

  @Field(() => String, { nullable: true })
  outcome!: string;

  @Field(() => AccessLogGround, { nullable: true, description: 'On which the log itself was read.' })
  ground!: string | null;

  @Field(() => String, { nullable: true, description: 'WORKER, PERSON, CLIENT, JOBS or ANONYMOUS.' })
  actorKind!: string | null;

  @Field(() => String, { nullable: true })
  caseReference!: string | null;

  @Field(() => String, { nullable: true })
  personReference!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The client through which it was done, as registered.',
  })
  clientId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The token by which it was done: the first 32 hexadecimal digits of the SHA-256 of its `jti`. It tells two sessions apart and finds a token that was stolen, and opens nothing.',
  })
  tokenDigest!: string | null;
}
