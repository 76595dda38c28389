import { Field, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../appointment/appointment.enums.js';
import { NextFree } from './agenda.enums.js';

@ObjectType({ description: 'A type of appointment that anyone can book online in a district: public.' })
export class OnlineType {
  @Field(() => [AppointmentMode], { description: 'As it is held there.' })
  modes!: string[];

  @Field(() => NextFree)
  nextFree!: string;
}
