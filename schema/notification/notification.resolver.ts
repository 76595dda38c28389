import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadWorker } from '../../src/services/directory/directory.js';
import { listNotifications, type NotificationRow } from '../../src/services/notification/notifications.js';
import { ConnectionArgs, connectionOf } from '../connection.js';
import { Worker } from '../directory/directory.type.js';
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

  @FieldResolver(() => Worker, {
    nullable: true,
    description:
      'The worker whose departure, suspension or acts it is about, who took acts back, whose log was read, or who read many logs; null for any other kind.',
  })
  aboutWorker(@Ctx() op: Operation, @Root() notification: NotificationRow) {
    return notification.aboutWorkerId === null ? null : loadWorker(op, notification.aboutWorkerId);
  }
}
