import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Visite à domicile sans retour: thirty minutes after its end nobody is recorded as back (`recordReturn`). To the district’s head and who is on duty, to send help.',
})
export class HomeVisitNotBack {
  @Field(() => ID, { nullable: true, description: 'The appointment’s.' })
  id!: string;

  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  expectedBackAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'As it was typed, else the address to which its workers go, also where it is confidential.',
  })
  place!: string | null;
}
