import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { type AccessLogRow, readAccessLog } from '../../src/services/access-log.js';
import { loadWorker } from '../../src/services/directory.js';
import { Worker } from '../directory/directory.type.js';
import { AccessLogEntry } from './access-log.type.js';

@Resolver(() => AccessLogEntry)
export class AccessLogResolver {
  @Query(() => [AccessLogEntry], {
    nullable: true,
    description: 'The last 100 lines, newest first. Never a measure of work.',
  })
  accessLog(@Ctx() op: Operation, @Arg('caseId', () => ID) caseId: string) {
    return readAccessLog(op, caseId);
  }

  @FieldResolver(() => Worker, { nullable: true })
  worker(@Ctx() op: Operation, @Root() entry: AccessLogRow) {
    return entry.actorKind === 'WORKER' && entry.actorId !== null ? loadWorker(op, entry.actorId) : null;
  }
}
