import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadKnownCase } from '../../src/services/case/cases.js';
import { listNotifications, type NotificationRow } from '../../src/services/notification/notifications.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs, connectionOf } from '../connection.js';
import { Notification } from './notification.type.js';

const { Connection: NotificationConnection } = connectionOf('Notification', () => Notification);

@Resolver(() => Notification)
export class NotificationResolver {
  @Query(() => NotificationConnection, {
    nullable: true,
    description: 'Everything that the viewer was told of, newest first.',
  })
  notifications(@Ctx() op: Operation, @Args(() => ConnectionArgs) args: ConnectionArgs) {
    return listNotifications(op, args);
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description: 'The case that it is about; null if it is about none, or the viewer no longer knows of it.',
  })
  case(@Ctx() op: Operation, @Root() notification: NotificationRow) {
    return notification.caseId === null ? null : loadKnownCase(op, notification.caseId);
  }
}
