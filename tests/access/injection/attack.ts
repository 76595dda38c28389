import type { TestDatabase } from '../../support/database.js';
import { digestOf, lookOf, lookStatement, type Sight } from './look.js';
import { NOBODY, nameOf, type Scene, type Sender } from './scene.js';
import { openSession, type Session } from './session.js';
import type { Tries } from './try.js';

/** What a sender sees before any try, and what nobody sees in the same role. */
export interface Before {
  readonly own: Sight;
  readonly nobody: Sight;
  /** The statement by which a session of this role looks. */
  readonly statement: string;
}

async function seenBy(database: TestDatabase, sender: Sender, statement: string): Promise<Sight> {
  const session = await openSession(database, sender);
  try {
    await session.begin();
    const sight = await lookOf(session, statement);
    if (sight === null) throw new Error(`${nameOf(sender)} cannot look`);
    return sight;
  } finally {
    await session.rollback();
    await session.close();
  }
}

/** What a sender and nobody see, before anything is tried. @param tables the tables that are looked at; all unless given */
export async function lookBefore(
  database: TestDatabase,
  sender: Sender,
  tables?: readonly string[],
): Promise<Before> {
  const statement = await lookStatement(database, sender.role, tables);
  const own = await seenBy(database, sender, statement);
  const nobody = await seenBy(database, { ...NOBODY, role: sender.role }, statement);
  return { own, nobody, statement };
}

const differences = (found: Sight, expected: Sight): string[] =>
  Object.keys({ ...found, ...expected })
    .filter((table) => found[table] !== expected[table])
    .map((table) => `${table}: ${expected[table] ?? 'nothing'} became ${found[table] ?? 'nothing'}`);

/** What a session sees beyond its viewer. A session that has thrown its viewer away sees what nobody sees. */
async function sightFault(session: Session, { own, nobody, statement }: Before): Promise<string[]> {
  const sight = await lookOf(session, statement);
  if (sight === null || differences(sight, nobody).length === 0) return [];
  return differences(sight, own);
}

/** The canaries that an answer tells. What the sender has said itself is no news. */
function toldBy(answer: string, said: string, canaries: readonly string[]): string[] {
  return canaries.filter((canary) => answer.includes(canary) && !said.includes(canary));
}

/**
 * Makes each try in a transaction of its own, and looks afterwards: at what the session sees, at what the answers tell, and at the whole
 * database.
 * @returns a sentence for each fault
 */
export async function attack(
  scene: Scene,
  sender: Sender,
  tries: Tries,
  before: Before,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const digest = await digestOf(scene.database);
  let session = await openSession(scene.database, sender);
  for (const [name, ...statements] of tries.of(scene.hidden)) {
    const fault = (what: string): number => faults.push(`${nameOf(sender)} ${name}: ${what}`);
    let done = 0;
    await session.begin();
    for (const sql of statements) {
      const { text, code } = await session.say(sql);
      if (code === null) done += 1;
      for (const canary of toldBy(text, statements.join('\n'), scene.canaries)) fault(`tells ${canary}`);
    }
    // A statement that is refused is undone: the session is as it was.
    if (done > 0 && tries.looks) for (const seen of await sightFault(session, before)) fault(`sees ${seen}`);
    if (tries.end === 'commit') await session.say('commit');
    await session.rollback();
    if (done === 0 || !tries.looks) continue;
    await session.close();
    session = await openSession(scene.database, sender);
  }
  await session.close();
  for (const change of differences(await digestOf(scene.database), digest))
    faults.push(`${nameOf(sender)} ${tries.subject}: changed ${change}`);
  return faults;
}
