import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ActKind as ActKindValue } from '../../prisma/generated/enums.js';
import { DateTime } from '../scalars.js';
import { ActKind } from './act.enums.js';

@ObjectType({
  description:
    'What somebody changed today of a person without a worker who follows them: neither a text, nor who did it. It is for the worker on duty, who may notice what is wrong.',
})
export class ChangeOfDay {
  @Field(() => ActKind, { nullable: true, description: 'What was done.' })
  kind!: string;

  @Field(() => DateTime, { nullable: true, description: 'The time of the change.' })
  doneAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'The reference of the person, by which a look-up finds them.',
  })
  personReference!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the person as it stands now; null for a person without a name.',
  })
  personName!: string | null;
}

@ObjectType({ description: 'The answer of `takeBackActs`.' })
export class ActsTakenBack {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many acts there were. A row to which somebody else has written since stays as it is, and so does an appointment whose time is taken.',
  })
  howMany!: number;
}

@InputType({ description: 'The acts to take back: all of one kind, of one login.' })
export class TakeBackActsInput {
  @Field(() => ActKind, { description: 'The kind of the acts.' })
  kind!: ActKindValue;

  @Field(() => ID, {
    nullable: true,
    description:
      'The worker who did the acts, for a viewer who was told that the measure is reached. Left out: the viewer.',
  })
  workerId?: string | null;
}
