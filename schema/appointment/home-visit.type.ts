import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Visite à domicile sans retour: a home visit that ended over thirty minutes ago and from which nobody is recorded as back (`recordReturn`). The district’s head and the duty worker see it, to send help.',
})
export class HomeVisitNotBack {
  @Field(() => ID, { description: 'The `id` of the appointment.' })
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which the visit started.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which the visit was to end.' })
  endsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the workers were expected back; null where nobody said.',
  })
  expectedBackAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The place that was typed, else the address to which the workers went, even where it is confidential. Null where neither is known.',
  })
  place!: string | null;
}
