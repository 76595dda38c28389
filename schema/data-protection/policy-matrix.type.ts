import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A role together with its relation to what is looked at, such as the assigned worker of a case.',
})
export class PolicyStandpoint {
  @Field(() => ID, { description: 'A short name by which rules refer to it.' })
  key!: string;

  @Field(() => String, { description: 'The name of the role in French.' })
  roleFr!: string;

  @Field(() => String, { description: 'The name of the role in English.' })
  roleEn!: string;

  @Field(() => String, { description: 'A short name of the relation in French.' })
  labelFr!: string;

  @Field(() => String, { description: 'A short name of the relation in English.' })
  labelEn!: string;

  @Field(() => String, { description: 'A French sentence that says who stands there.' })
  descriptionFr!: string;

  @Field(() => String, { description: 'An English sentence that says who stands there.' })
  descriptionEn!: string;
}

@ObjectType({
  description: 'A field or an action: who may read or do it, as a sentence, and what was observed.',
})
export class PolicyRule {
  @Field(() => ID, { description: 'Its schema coordinate, as in `Case.mission`.' })
  coordinate!: string;

  @Field(() => String, { description: 'The label of the field or action, in French.' })
  labelFr!: string;

  @Field(() => String, { description: 'The label of the field or action, in English.' })
  labelEn!: string;

  @Field(() => String, { description: 'A French sentence that says who it is for.' })
  ruleFr!: string;

  @Field(() => String, { description: 'An English sentence that says who it is for.' })
  ruleEn!: string;

  @Field(() => [ID], { description: 'The keys of the standpoints that were seen to read or do it.' })
  openTo!: readonly string[];

  @Field(() => [ID], { description: 'The keys of all other standpoints.' })
  closedTo!: readonly string[];
}

@ObjectType({ description: 'A type of the schema in plain words.' })
export class PolicyType {
  @Field(() => String, { description: 'The name of the type in the schema.' })
  name!: string;

  @Field(() => String, { description: 'The name of the type, in plain French.' })
  labelFr!: string;

  @Field(() => String, { description: 'The name of the type, in plain English.' })
  labelEn!: string;

  @Field(() => [PolicyRule], { description: 'Each of its fields, with its rule.' })
  fields!: readonly PolicyRule[];
}

@ObjectType({ description: 'Who sees what and who does what: observed in a running county, and public.' })
export class PolicyMatrix {
  @Field(() => [PolicyStandpoint], {
    description: 'Every role and relation from which the county was looked at.',
  })
  standpoints!: readonly PolicyStandpoint[];

  @Field(() => [PolicyType], { description: 'The types that can be read, each with a rule for each field.' })
  types!: readonly PolicyType[];

  @Field(() => [PolicyRule], { description: 'The mutations, each with its rule.' })
  actions!: readonly PolicyRule[];
}
