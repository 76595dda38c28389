import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A role, and a relation to the row that is looked at.' })
export class PolicyStandpoint {
  @Field(() => ID)
  key!: string;

  @Field(() => String)
  roleFr!: string;

  @Field(() => String)
  roleEn!: string;

  @Field(() => String)
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;

  @Field(() => String)
  descriptionFr!: string;

  @Field(() => String)
  descriptionEn!: string;
}

@ObjectType({ description: 'A field or an action: its rule as a sentence, and what was observed.' })
export class PolicyRule {
  @Field(() => ID, { description: 'Schema coordinate, as in `Case.mission`.' })
  coordinate!: string;

  @Field(() => String)
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;

  @Field(() => String, { description: 'Whom it is for.' })
  ruleFr!: string;

  @Field(() => String, { description: 'Whom it is for.' })
  ruleEn!: string;

  @Field(() => [ID], { description: 'Keys of the standpoints that see or do it.' })
  openTo!: readonly string[];

  @Field(() => [ID], { description: 'Keys of the others.' })
  closedTo!: readonly string[];
}

@ObjectType({ description: 'A type of the schema in plain words.' })
export class PolicyType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;

  @Field(() => [PolicyRule])
  fields!: readonly PolicyRule[];
}

@ObjectType({ description: 'Who sees what and who does what: observed in a running county, and public.' })
export class PolicyMatrix {
  @Field(() => [PolicyStandpoint])
  standpoints!: readonly PolicyStandpoint[];

  @Field(() => [PolicyType])
  types!: readonly PolicyType[];

  @Field(() => [PolicyRule])
  actions!: readonly PolicyRule[];
}
