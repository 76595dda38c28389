import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as organisations from '../../src/services/organisations.js';
import { ConnectionArgs } from '../connection.js';
import { Organisation, OrganisationConnection, OrganisationFilter } from './organisation.type.js';

@ArgsType()
class OrganisationsArgs extends ConnectionArgs {
  @Field(() => OrganisationFilter, { nullable: true })
  filter?: OrganisationFilter | null;
}

@Resolver(() => Organisation)
export class OrganisationResolver {
  @Query(() => OrganisationConnection, {
    nullable: true,
    description: 'The directory of organisations, by name: public. Those that have closed are left out.',
  })
  organisations(@Ctx() op: Operation, @Args(() => OrganisationsArgs) args: OrganisationsArgs) {
    return organisations.listOrganisations(op, args);
  }

  @Query(() => Organisation, { nullable: true })
  organisation(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return organisations.loadOrganisation(op, id);
  }

  @FieldResolver(() => Boolean, { description: 'Its source has it no longer.' })
  isClosed(@Root() row: organisations.OrganisationRow) {
    return row.closedAt !== null;
  }
}
