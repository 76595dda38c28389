import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { PersonLookUpInput } from '../person/person.input.js';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'An appointment time of a person, to come or past, to be told to the person at the counter. It names no worker, and not what became of the appointment.',
})
export class PersonTime {
  @Field(() => DateTime, { nullable: true, description: 'The instant at which the appointment starts.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which the appointment ends.' })
  endsAt!: Date;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'Whether it is held on site, at home, by phone or by video.',
  })
  mode!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where the person is received. Null means the district’s address, that the mode says where, or that the place is withheld. For a past time it is always null.',
  })
  place!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A neutral French word for the form of the appointment, such as entretien, visite, appel or réunion.',
  })
  publicLabel!: string;
}

@ObjectType({
  description: 'The sentence that the desk says to someone who called: the same for everyone, known or not.',
})
export class TimesSentAgain {
  @Field(() => String, { nullable: true, description: 'The sentence to say, in French.' })
  text!: string;
}

@InputType({
  description:
    'The person that a caller names: the full name, and at least one other thing that the caller says.',
})
export class SendTimesAgainInput extends PersonLookUpInput {
  @Field(() => ID, { description: 'The district of the desk.' })
  districtId!: string;
}
