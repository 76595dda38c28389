import { Prisma } from '../../../prisma/generated/client.js';
import { confirmsWords, withdrawsWords } from '../../access/statistics/statistics.js';
import { ConflictError, ForbiddenError, NotFoundError, StatisticsRefusedError } from '../../errors.js';
import type { ConfirmWordsInput, WithdrawWordsInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';

/** The words of a team that everyone reads only once somebody else has read them. A narrative is signed for it. */
export const WORDS_OF = ['PROPOSAL', 'VOICE', 'OBSERVATION', 'NARRATIVE'] as const;
/** One of `WORDS_OF`. */
export type WordsOf = (typeof WORDS_OF)[number];

/** The days on which words were read by somebody else, and withdrawn. */
export interface TeamWordsRow {
  readonly confirmedOn: Date | null;
  readonly withdrawnOn: Date | null;
}

type Named = ConfirmWordsInput | WithdrawWordsInput;
/** Why the database did nothing; null once it is done. */
type Obstacle = 'NOT_FOUND' | 'FORBIDDEN' | 'OWN' | 'STATE_CHANGED' | null;

/**
 * Says that the viewer has read words of a team that somebody else wrote: from then on everyone reads them. A member of that team or a
 * technical adviser may; the database knows the author until then.
 * @throws NotFoundError; ForbiddenError; StatisticsRefusedError SECOND_READER to the author; ConflictError STATE_CHANGED if they are read
 * already, or there are no words
 */
export async function confirmWords(op: Operation, input: ConfirmWordsInput): Promise<TeamWordsRow | null> {
  const id = await once(op, 'confirmWords', input, async () => {
    op.log.attempt('CONFIRM_WORDS');
    if (!confirmsWords(op.viewer)) throw new ForbiddenError();
    return change(op, Prisma.sql`confirm_words`, input);
  });
  return loadWords(op, input, id);
}

/**
 * Withdraws words of a team: the original is gone, and everyone reads on which day it was withdrawn. The team is told. A technical adviser
 * or the data protection officer may.
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED if they are withdrawn already, there are no words, or the proposal was
 * adopted
 */
export async function withdrawWords(op: Operation, input: WithdrawWordsInput): Promise<TeamWordsRow | null> {
  const id = await once(op, 'withdrawWords', input, async () => {
    op.log.attempt('WITHDRAW_WORDS');
    if (!withdrawsWords(op.viewer)) throw new ForbiddenError();
    return change(op, Prisma.sql`withdraw_words`, input);
  });
  return loadWords(op, input, id);
}

async function change(op: Operation, doing: Prisma.Sql, input: Named): Promise<string> {
  const id = parseId(input.id);
  if (id === null) throw new NotFoundError('input.id');
  const [row] = await op.tx.rows<{ obstacle: Obstacle }>`
    select ${doing}(${input.of}, ${id}::uuid, ${input.version ?? null}::integer) as obstacle`;
  switch (row?.obstacle) {
    case null:
      return id;
    case 'NOT_FOUND':
      throw new NotFoundError('input.id');
    case 'OWN':
      throw new StatisticsRefusedError('SECOND_READER', 'input.id');
    case 'STATE_CHANGED':
      throw new ConflictError('STATE_CHANGED');
    default:
      throw new ForbiddenError();
  }
}

const COLUMNS = Prisma.sql`w.confirmed_on as "confirmedOn", w.withdrawn_on as "withdrawnOn"`;

async function loadWords(op: Operation, { of, version }: Named, id: string): Promise<TeamWordsRow | null> {
  const from: Readonly<Record<WordsOf, Prisma.Sql>> = {
    PROPOSAL: Prisma.sql`indicator w where w.id = ${id}::uuid`,
    OBSERVATION: Prisma.sql`indicator_observation w where w.id = ${id}::uuid`,
    VOICE: Prisma.sql`indicator_voice w where w.speaker_id = ${id}::uuid and w.version = ${version ?? null}::integer`,
    NARRATIVE: Prisma.sql`(select t.*, null::date as confirmed_on from activity_report_text t) w
      where w.report_id = ${id}::uuid and w.version = ${version ?? null}::integer`,
  };
  const [row] = await op.tx.rows<TeamWordsRow>`select ${COLUMNS} from ${from[of]}`;
  return row ?? null;
}
