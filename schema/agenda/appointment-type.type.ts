import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode, TeamOptionKind } from './agenda.enums.js';

@ObjectType({
  description: 'Type de rendez-vous: what can be booked, with its length and a neutral label. Public.',
})
export class AppointmentType {
  @Field(() => ID, { description: 'A short name that programs can rely on.' })
  code!: string;

  @Field(() => String, { description: 'The name of the type in French.' })
  labelFr!: string;

  @Field(() => String, { description: 'The name of the type in English.' })
  labelEn!: string;

  @Field(() => String, {
    description:
      'A neutral French word that reminders, calendars, letters, the desk and the person see instead of the name.',
  })
  publicLabelFr!: string;

  @Field(() => String, { description: 'The same neutral word in English.' })
  publicLabelEn!: string;

  @Field(() => Int, { description: 'The length of an appointment of this type.' })
  durationMinutes!: number;

  @Field(() => [AppointmentMode], {
    description: 'The ways in which it can be held. The first is taken unless another is asked for.',
  })
  modes!: string[];

  @Field(() => Int, {
    nullable: true,
    description:
      'The number of persons who can come, unless another number is given. Null for a type that is not collective.',
  })
  places!: number | null;

  @Field(() => TeamOptionKind, {
    nullable: true,
    description:
      'The option that a team must have in force on the day. Null for a type that every team holds.',
  })
  option!: string | null;
}
