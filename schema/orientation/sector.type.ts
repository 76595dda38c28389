import { Field, ID, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description: 'Secteur: a commune, or streets of it, that a district serves from a day until a day.',
})
export class Sector {
  @Field(() => ID)
  id!: string;

  @Field(() => [String], { description: 'Empty for the whole commune.' })
  streets!: string[];

  @Field(() => Day)
  validFrom!: Date;

  @Field(() => Day, { nullable: true, description: 'The first day on which it no longer holds.' })
  validUntil!: Date | null;
}
