import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as changes from '../../src/services/reception/visit-changes.js';
import { Visit } from './visit.type.js';
import { VisitChange } from './visit-change.type.js';

@Resolver(() => VisitChange)
export class VisitChangeResolver {
  @Subscription(() => VisitChange, {
    nullable: true,
    description:
      'The visits of today in a district: an event for each visit that has changed and that the viewer sees, as the viewer may see it then. Over WebSocket (graphql-transport-ws), with the token in the payload of `connection_init`.',
    subscribe: ({ args, context }) =>
      changes.followVisits(context as unknown as Operation, (args as { districtId: string }).districtId),
  })
  visitChanges(
    @Ctx() op: Operation,
    @Root() change: changes.Change | null | undefined,
    @Arg('districtId', () => ID, { description: 'The district whose board is followed.' }) districtId: string,
  ) {
    return changes.tellVisitChange(op, districtId, change ?? null);
  }

  @FieldResolver(() => Visit, {
    nullable: true,
    description: 'The visit as it is now; null where `reload` is true.',
  })
  visit(@Root() row: changes.VisitChange) {
    return row.visit;
  }
}
