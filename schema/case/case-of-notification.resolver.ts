import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadKnownCase } from '../../src/services/case/cases.js';
import type { NotificationRow } from '../../src/services/notification/notifications.js';
import { Notification } from '../notification/notification.type.js';
import { Case } from './case.type.js';

@Resolver(() => Notification)
export class NotificationCaseResolver {
  @FieldResolver(() => Case, {
    nullable: true,
    description: 'The case that it is about; null if it is about none, or the viewer no longer knows of it.',
  })
  case(@Ctx() op: Operation, @Root() notification: NotificationRow) {
    return notification.caseId === null ? null : loadKnownCase(op, notification.caseId);
  }
}
