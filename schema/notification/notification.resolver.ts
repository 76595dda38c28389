import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listNotifications } from '../../src/services/notification/notifications.js';
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
}
