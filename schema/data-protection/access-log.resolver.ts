import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { type AccessLogRow, listAccessLog } from '../../src/services/access-log.js';
import { loadWorker } from '../../src/services/directory.js';
import { ConnectionArgs, connectionOf } from '../connection.js';
import { Worker } from '../directory/directory.type.js';
import { AccessLogFilter } from './access-log.input.js';
import { AccessLogEntry } from './access-log.type.js';

const { Connection: AccessLogEntryConnection } = connectionOf('AccessLogEntry', () => AccessLogEntry);

@ArgsType()
class AccessLogArgs extends ConnectionArgs {
  @Field(() => AccessLogFilter)
  filter!: AccessLogFilter;
}

@Resolver(() => AccessLogEntry)
export class AccessLogResolver {
  @Query(() => AccessLogEntryConnection, {
    nullable: true,
    description:
      'The log of a case, a person or a worker, the latest first: whole, page by page. Never a measure of work, and no total.',
  })
  accessLog(@Ctx() op: Operation, @Args(() => AccessLogArgs) args: AccessLogArgs) {
    return listAccessLog(op, args);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'Who did it.' })
  worker(@Ctx() op: Operation, @Root() entry: AccessLogRow) {
    return entry.actorKind === 'WORKER' && entry.actorId !== null ? loadWorker(op, entry.actorId) : null;
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'To whom it was done, or whose agenda it is.' })
  targetWorker(@Ctx() op: Operation, @Root() entry: AccessLogRow) {
    return entry.targetWorkerId === null ? null : loadWorker(op, entry.targetWorkerId);
  }
}
