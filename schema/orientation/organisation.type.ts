import { Field, Float, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'Structure: an organisation that persons can be sent on to, as its source publishes it. Its fields follow the data.inclusion schema, version 1 (https://gip-inclusion.github.io/data-inclusion-schema).',
})
export class Organisation {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The publisher of the record, such as `dora` or `france-travail`.' })
  source!: string;

  @Field(() => ID, { description: 'The `id` of the record at its source.' })
  sourceId!: string;

  @Field(() => String, { description: 'The name of the organisation, as its source has it.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The work of the organisation, in the words of its source.',
  })
  description!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The SIRET number: 14 digits by which INSEE knows the establishment.',
  })
  siret!: string | null;

  @Field(() => String, { nullable: true, description: 'Street and number.' })
  addressLine!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The rest of the address, such as the building or the floor.',
  })
  addressComplement!: string | null;

  @Field(() => String, { nullable: true, description: 'The postal code of the address.' })
  postalCode!: string | null;

  @Field(() => String, { nullable: true, description: 'The commune of the address.' })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'The INSEE code of that commune.' })
  communeCode!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north of the equator (WGS 84).' })
  latitude!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east of Greenwich (WGS 84).' })
  longitude!: number | null;

  @Field(() => String, { nullable: true, description: 'A telephone number for the public.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'A mail address for the public.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'The address of its own site.' })
  website!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'When it is open, in the notation of OpenStreetMap’s `opening_hours`.',
  })
  openingHours!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its page on acceslibre.beta.gouv.fr, which says how accessible the place is.',
  })
  accessibilityUrl!: string | null;

  @Field(() => String, { nullable: true, description: 'The address of its page at the source.' })
  sourceUrl!: string | null;

  @Field(() => [String], { description: 'Réseaux porteurs: the networks that it belongs to.' })
  networks!: string[];

  @Field(() => [String], {
    description: 'Thématiques: what its services are about, as `<category>--<theme>`.',
  })
  themes!: string[];

  @Field(() => Day, { description: 'The day on which its source last changed it.' })
  updatedOn!: Date;
}

export const { Connection: OrganisationConnection } = connectionOf('Organisation', () => Organisation);

@InputType({ description: 'Which organisations to list. Each field that is given narrows the list.' })
export class OrganisationFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Only organisations in the commune with this INSEE code.',
  })
  communeCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only organisations with this theme of data.inclusion (`numerique--acquerir-un-equipement`), or with a theme of this category (`numerique`).',
  })
  theme?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only organisations whose name begins so, whatever its case and accents.',
  })
  name?: string | null;
}
