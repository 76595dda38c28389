import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as organisations from '../../src/services/orientation/organisations.js';
import { ConnectionArgs } from '../connection.js';
import { Organisation, OrganisationConnection, OrganisationFilter } from './organisation.type.js';

@ArgsType()
class OrganisationsArgs extends ConnectionArgs {
  @Field(() => OrganisationFilter, {
    nullable: true,
    description: 'Which organisations to list; all unless given.',
  })
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

  @Query(() => Organisation, {
    nullable: true,
    description: 'One organisation by its id, a closed one too; null if there is none.',
  })
  organisation(
    @Ctx() op: Operation,
    @Arg('id', () => ID, { description: 'The `id` of the organisation.' }) id: string,
  ) {
    return organisations.loadOrganisation(op, id);
  }

  @FieldResolver(() => Boolean, { description: 'Whether its source no longer publishes it.' })
  isClosed(@Root() row: organisations.OrganisationRow) {
    return row.closedAt !== null;
  }
}
