import { Field, ObjectType } from 'type-graphql';
import { AppointmentMode, NextFree } from './agenda.enums.js';

@ObjectType({ description: 'An appointment type that anyone can book online in a district: public.' })
export class OnlineType {
  @Field(() => [AppointmentMode], {
    description: 'The ways in which the district holds appointments of this type.',
  })
  modes!: string[];

  @Field(() => NextFree, {
    description: 'The wait until the first free time: a band of days, and never the time itself.',
  })
  nextFree!: string;
}
