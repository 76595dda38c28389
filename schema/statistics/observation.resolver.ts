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
import { loadDistrict } from '../../src/services/directory/directory.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import * as observations from '../../src/services/statistics/observations.js';
import { charactersOf } from '../characters-of.js';
import { District } from '../directory/directory.type.js';
import { IndicatorObservation } from './observation.type.js';

@ArgsType()
class ObservationsArgs {
  @Field(() => ID, { description: 'The district whose team made them.' })
  districtId!: string;

  @Field(() => Int, { description: 'The calendar year that they are about.' })
  year!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Only observations of the indicator with this `code`.',
  })
  code?: string | null;
}

@InputType({ description: 'An observation of the viewer about a year’s figures of an indicator.' })
export class AddObservationInput {
  @Field(() => String, { description: 'The `code` of an indicator that is adopted, or was.' })
  code!: string;

  @Field(() => ID, { description: 'The district in whose team the viewer is.' })
  districtId!: string;

  @Field(() => Int, {
    description: 'The calendar year that it is about: this one, or one of the three before.',
  })
  year!: number;

  @Field(() => String, {
    description: `The observation, at most ${charactersOf(LONGEST.paragraph)}: of the work and its circumstances, of no person and of no worker.`,
  })
  text!: string;
}

@Resolver(() => IndicatorObservation)
export class ObservationResolver {
  @Query(() => [IndicatorObservation], {
    nullable: true,
    description: 'The observations of members of a team about a year’s figures, by indicator; 100 at most.',
  })
  indicatorObservations(@Ctx() op: Operation, @Args(() => ObservationsArgs) args: ObservationsArgs) {
    return observations.listObservations(op, args);
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district whose team made it.' })
  district(@Ctx() op: Operation, @Root() { districtId }: observations.ObservationRow) {
    return loadDistrict(op, districtId);
  }

  @Mutation(() => IndicatorObservation, {
    nullable: true,
    description:
      'Adds an observation of a year’s figures. A social worker of the team may, for themselves. Reporting clients read it once somebody else has read it (`confirmWords`), and everyone in a report that is published later.',
  })
  addObservation(@Ctx() op: Operation, @Arg('input', () => AddObservationInput) input: AddObservationInput) {
    return observations.addObservation(op, input);
  }
}
