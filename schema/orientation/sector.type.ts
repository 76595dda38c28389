import { Field, ID, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description: 'Secteur: a commune, or streets of it, that a district serves from a day until a day.',
})
export class Sector {
  @Field(() => ID)
  id!: string;

  @Field(() => [String], { description: 'The streets that it covers; empty for the whole commune.' })
  streets!: string[];

  @Field(() => Day, { description: 'The first day on which it holds.' })
  validFrom!: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day on which it no longer holds; null while there is none.',
  })
  validUntil!: Date | null;
}
