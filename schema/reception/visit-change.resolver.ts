import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as changes from '../../src/services/visit-changes.js';
import { Visit } from './visit.type.js';
import { VisitChange } from './visit-change.type.js';

@Resolver(() => VisitChange)
export class VisitChangeResolver {
  @Subscription(() => VisitChange, {
    nullable: true,
    description:
      'The visits of today in a district, one event for each that has changed and that the viewer sees, as they may see it then. Over WebSocket (graphql-transport-ws), the token in the payload of `connection_init`.',
    subscribe: ({ args, context }) =>
      changes.followVisits(context as unknown as Operation, (args as { districtId: string }).districtId),
  })
  visitChanges(
    @Ctx() op: Operation,
    @Root() change: changes.Change | null | undefined,
    @Arg('districtId', () => ID) districtId: string,
  ) {
    return changes.tellVisitChange(op, districtId, change ?? null);
  }

  @FieldResolver(() => Visit, { nullable: true, description: 'Null where `reload` is true.' })
  visit(@Root() row: changes.VisitChange) {
    return row.visit;
  }
}
