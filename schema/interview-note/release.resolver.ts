import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadKnownCase } from '../../src/services/cases.js';
import { loadWorker } from '../../src/services/directory.js';
import { listNotifications, type NotificationRow } from '../../src/services/notifications.js';
import * as releases from '../../src/services/releases.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs, connectionOf } from '../connection.js';
import { Worker } from '../directory/directory.type.js';
import { ApproveReleaseInput, RequestReleaseInput } from './release.input.js';
import { Notification, Release } from './release.type.js';

const { Connection: NotificationConnection } = connectionOf('Notification', () => Notification);

@Resolver(() => Release)
export class ReleaseResolver {
  @Query(() => [Release], {
    nullable: true,
    description: 'What waits for a technical adviser, the oldest first.',
  })
  pendingReleases(@Ctx() op: Operation) {
    return releases.listPendingReleases(op);
  }

  @FieldResolver(() => Worker, { nullable: true })
  requestedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return loadWorker(op, release.requestedById);
  }

  @FieldResolver(() => Worker, { nullable: true })
  approvedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return release.approvedById === null ? null : loadWorker(op, release.approvedById);
  }

  @Mutation(() => Release, {
    nullable: true,
    description: 'By the assigned worker. The authors of the notes are told at once.',
  })
  requestRelease(@Ctx() op: Operation, @Arg('input', () => RequestReleaseInput) input: RequestReleaseInput) {
    return releases.requestRelease(op, input);
  }

  @Mutation(() => Release, { nullable: true, description: 'By a technical adviser, who sees no text.' })
  approveRelease(@Ctx() op: Operation, @Arg('input', () => ApproveReleaseInput) input: ApproveReleaseInput) {
    return releases.approveRelease(op, input);
  }
}

@Resolver(() => Notification)
export class NotificationResolver {
  @Query(() => NotificationConnection, { nullable: true, description: 'The viewer’s own, newest first.' })
  notifications(@Ctx() op: Operation, @Args(() => ConnectionArgs) args: ConnectionArgs) {
    return listNotifications(op, args);
  }

  @FieldResolver(() => Case, { nullable: true, description: 'Null where the viewer no longer knows of it.' })
  case(@Ctx() op: Operation, @Root() notification: NotificationRow) {
    return notification.caseId === null ? null : loadKnownCase(op, notification.caseId);
  }
}
