import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory.js';
import * as observations from '../../src/services/observations.js';
import { District } from '../directory/directory.type.js';
import { IndicatorObservation } from './observation.type.js';

@ArgsType()
class ObservationsArgs {
  @Field(() => ID)
  districtId!: string;

  @Field(() => Int)
  year!: number;

  @Field(() => String, { nullable: true, description: 'Of one indicator.' })
  code?: string | null;
}

@InputType()
export class AddObservationInput {
  @Field(() => String, { description: 'The indicator’s.' })
  code!: string;

  @Field(() => ID)
  districtId!: string;

  @Field(() => Int, { description: 'This one, or one of the three before.' })
  year!: number;

  @Field(() => String, { description: 'Of the work and its circumstances: of no person, and of no worker.' })
  text!: string;
}

@Resolver(() => IndicatorObservation)
export class ObservationResolver {
  @Query(() => [IndicatorObservation], {
    nullable: true,
    description: 'What members of a team have to say of a year’s figures, by indicator.',
  })
  indicatorObservations(@Ctx() op: Operation, @Args(() => ObservationsArgs) args: ObservationsArgs) {
    return observations.listObservations(op, args);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() { districtId }: observations.ObservationRow) {
    return loadDistrict(op, districtId);
  }

  @Mutation(() => IndicatorObservation, {
    nullable: true,
    description: 'By a social worker of the team, for themselves.',
  })
  addObservation(@Ctx() op: Operation, @Arg('input', () => AddObservationInput) input: AddObservationInput) {
    return observations.addObservation(op, input);
  }
}
