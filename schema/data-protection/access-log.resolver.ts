import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { type AccessLogRow, listAccessLog } from '../../src/services/data-protection/access-log.js';
import { loadWorker } from '../../src/services/directory/directory.js';
import { ConnectionArgs, connectionOf } from '../connection.js';
import { Worker } from '../directory/directory.type.js';
import { AccessLogFilter } from './access-log.input.js';
import { AccessLogEntry } from './access-log.type.js';

const { Connection: AccessLogEntryConnection } = connectionOf('AccessLogEntry', () => AccessLogEntry);

@ArgsType()
class AccessLogArgs extends ConnectionArgs {
  @Field(() => AccessLogFilter, { description: 'About what, from which days, and why the log is read.' })
  filter!: AccessLogFilter;
}

@Resolver(() => AccessLogEntry)
export class AccessLogResolver {
  @Query(() => AccessLogEntryConnection, {
    nullable: true,
    description:
      'The access log of one case, person or worker, the latest first, page by page and without a total. Only the data protection officer reads it: one subject in an operation, and in 24 hours five workers and thirty cases or persons. It is never a measure of work.',
  })
  accessLog(@Ctx() op: Operation, @Args(() => AccessLogArgs) args: AccessLogArgs) {
    return listAccessLog(op, args);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The worker who did it; null for the confidential part, and where no worker did it.',
  })
  worker(@Ctx() op: Operation, @Root() entry: AccessLogRow) {
    return entry.actorKind === 'WORKER' && entry.actorId !== null ? loadWorker(op, entry.actorId) : null;
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The worker that it was done to, or whose agenda it is; null if there is none.',
  })
  targetWorker(@Ctx() op: Operation, @Root() entry: AccessLogRow) {
    return entry.targetWorkerId === null ? null : loadWorker(op, entry.targetWorkerId);
  }
}
