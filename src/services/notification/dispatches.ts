import { Prisma } from '../../../prisma/generated/client.js';

export type { DispatchChannel } from '../../../prisma/generated/enums.js';

/**
 * The SQL condition for a message that a worker has to tell: none is being sent, or the sending failed, or nobody knows whether it
 * arrived. While a sending is being retried, a worker may tell the message, and it is then not sent.
 */
export function isByHand(sending: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${sending} is null or ${sending} in ('RETRYING', 'FAILED', 'UNCERTAIN'))`;
}
