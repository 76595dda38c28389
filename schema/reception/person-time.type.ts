import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../appointment/appointment.enums.js';
import { PersonLookUpInput } from '../person/person.input.js';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'When someone comes, or came, to be told to them at the counter: no appointment, no worker, nothing of what became of it.',
})
export class PersonTime {
  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date;

  @Field(() => AppointmentMode, { nullable: true })
  mode!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Null is the district’s address, what the mode says, or withheld; and of what is past.',
  })
  place!: string | null;

  @Field(() => String, { nullable: true, description: 'Entretien, visite or appel.' })
  publicLabel!: string;
}

@ObjectType({ description: 'What the desk says to whoever called: the same for everyone, known or not.' })
export class TimesSentAgain {
  @Field(() => String, { nullable: true })
  text!: string;
}

@InputType({ description: 'Whom who calls names: the full name, and one thing that they say.' })
export class SendTimesAgainInput extends PersonLookUpInput {
  @Field(() => ID)
  districtId!: string;
}
