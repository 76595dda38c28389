import { Prisma } from '../../../prisma/generated/client.js';

export type { DispatchChannel } from '../../../prisma/generated/enums.js';

/**
 * Whether people have to tell it: what is sent without anyone's doing is left to it, until that has failed, or nobody knows
 * whether it arrived. What is tried again can be told meanwhile, and is then not sent.
 */
export function isByHand(sending: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${sending} is null or ${sending} in ('RETRYING', 'FAILED', 'UNCERTAIN'))`;
}
