import { Field, ObjectType } from 'type-graphql';
import { DateTime, Day } from '../scalars.js';
import { AccessLogGround } from './access-log.enums.js';

@ObjectType({
  description:
    'A line of the access log. Lines are only ever added. What concerns notes, encounters and handovers is the confidential part: one line a day, without time or author. This line also covers what was read of the same case in the same operation, and nothing else.',
})
export class AccessLogEntry {
  @Field(() => Day, { nullable: true, description: 'The day on which it happened, in Paris.' })
  occurredOn!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The instant at which it happened; null for the confidential part.',
  })
  occurredAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'The act that was done: the name of a value of `AccessLogAction`.',
  })
  action!: string;

  @Field(() => String, { nullable: true, description: 'The end of the act: DONE, REFUSED or CONFLICT.' })
  outcome!: string;

  @Field(() => AccessLogGround, {
    nullable: true,
    description: 'Why the log itself was read; null for any other line.',
  })
  ground!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The kind of user who did it: WORKER, PERSON, CLIENT, JOBS (the software by itself) or ANONYMOUS; null for the confidential part.',
  })
  actorKind!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The reference of the case that it was about; null if it was about none.',
  })
  caseReference!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The reference of the person that it was about; null if it was about none.',
  })
  personReference!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The client application through which it was done, by its registered name.',
  })
  clientId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The token by which it was done: the first 32 hexadecimal digits of the SHA-256 of its `jti`. It tells two sessions apart, finds a stolen token, and opens nothing.',
  })
  tokenDigest!: string | null;
}
