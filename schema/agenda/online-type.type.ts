import { Field, ObjectType } from 'type-graphql';
import { AppointmentMode, NextFree } from '../enums.js';

@ObjectType({ description: 'A type of appointment that anyone can book online in a district: public.' })
export class OnlineType {
  @Field(() => [AppointmentMode], { description: 'As it is held there.' })
  modes!: string[];

  @Field(() => NextFree)
  nextFree!: string;
}
