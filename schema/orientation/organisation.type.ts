import { Field, Float, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'To which someone may be sent on: a structure of the data.inclusion schema, version 1 (https://gip-inclusion.github.io/data-inclusion-schema), as its source has it.',
})
export class Organisation {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Who publishes it: `dora`, `france-travail`…' })
  source!: string;

  @Field(() => ID, { description: 'Its `id` there.' })
  sourceId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => String, { nullable: true })
  siret!: string | null;

  @Field(() => String, { nullable: true })
  addressLine!: string | null;

  @Field(() => String, { nullable: true })
  addressComplement!: string | null;

  @Field(() => String, { nullable: true })
  postalCode!: string | null;

  @Field(() => String, { nullable: true })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'INSEE code.' })
  communeCode!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees, WGS 84.' })
  latitude!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees, WGS 84.' })
  longitude!: number | null;

  @Field(() => String, { nullable: true })
  phone!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true })
  website!: string | null;

  @Field(() => String, { nullable: true, description: 'In the notation of OpenStreetMap’s `opening_hours`.' })
  openingHours!: string | null;

  @Field(() => String, { nullable: true, description: 'Its page on acceslibre.beta.gouv.fr.' })
  accessibilityUrl!: string | null;

  @Field(() => String, { nullable: true, description: 'Its page at the source.' })
  sourceUrl!: string | null;

  @Field(() => [String], { description: 'Réseaux porteurs.' })
  networks!: string[];

  @Field(() => [String], { description: 'Thématiques of its services: `<category>--<theme>`.' })
  themes!: string[];

  @Field(() => Day, { description: 'When its source changed it last.' })
  updatedOn!: Date;
}

export const { Connection: OrganisationConnection } = connectionOf('Organisation', () => Organisation);

@InputType()
export class OrganisationFilter {
  @Field(() => String, { nullable: true, description: 'INSEE code.' })
  communeCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A theme of data.inclusion (`numerique--acquerir-un-equipement`), or its category (`numerique`).',
  })
  theme?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The beginning of the name, whatever its case and accents.',
  })
  name?: string | null;
}
