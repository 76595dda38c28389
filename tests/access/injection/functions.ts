import type { Scene, Sender } from './scene.js';
import { openSession, type Session } from './session.js';

/** A function of the keeper that a role may call. */
interface Callable {
  readonly name: string;
  readonly types: readonly string[];
}

/** The id of no row. */
const NOWHERE = '00000000-0000-4000-8000-000000000001';

/** The functions that run with the keeper's rights and take the id of a row, and that the role may call. */
async function callables({ database }: Scene, role: string): Promise<readonly Callable[]> {
  return database.sql<{ name: string; types: string[] }>(
    `select p.proname as name, array(select format_type(t, null) from unnest(p.proargtypes) with ordinality a (t, n) order by n) as types
     from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.prokind = 'f'
       and has_function_privilege($1, p.oid, 'execute') and 2950 = any (p.proargtypes::oid[] || array(
         select e.typelem from pg_type e where e.oid = any (p.proargtypes::oid[]))) order by 1`,
    [role],
  );
}

/** Values of an argument that is no id. A function that takes an enumeration gets its first value. */
const USUAL: Readonly<Record<string, string>> = {
  text: `'DANGER'`,
  integer: '1',
  boolean: 'true',
  bytea: `'\\x00'`,
  jsonb: `'{}'`,
  'text[]': 'null',
  date: 'current_date',
};

async function argumentsOf({ database }: Scene, types: readonly string[], id: string): Promise<string> {
  let instants = 0;
  const values = await Promise.all(
    types.map(async (type) => {
      if (type === 'uuid') return `'${id}'::uuid`;
      if (type === 'uuid[]') return `array['${id}']::uuid[]`;
      if (type.startsWith('timestamp')) {
        instants += 1;
        return `now() + interval '${20 * (instants - 1)} days'`;
      }
      const usual = USUAL[type];
      if (usual !== undefined) return `${usual}::${type}`;
      const [first] = await database.sql<{ value: string }>(
        `select enumlabel as value from pg_enum where enumtypid = $1::regtype order by enumsortorder limit 1`,
        [type],
      );
      return `'${first?.value ?? ''}'::${type}`;
    }),
  );
  return values.join(', ');
}

/** What a call answers, with the id left out, and whether it wrote or locked anything. */
async function answerOf(session: Session, sql: string, id: string): Promise<string> {
  await session.begin();
  const written = async (): Promise<string> =>
    (await session.say('select pg_current_xact_id_if_assigned()')).text;
  const before = await written();
  const { text } = await session.say(sql);
  const wrote = (await written()) !== before;
  await session.rollback();
  return `${text.replaceAll(id, NOWHERE)}${wrote ? ' and writes' : ''}`;
}

/**
 * Calls each function with ids of hidden rows, and with the id of no row. The answers must be the same, and neither call writes more than
 * the other.
 * @returns the names of the functions that answer a hidden id otherwise
 */
export async function whatFunctionsTell(
  scene: Scene,
  sender: Sender,
  ids: readonly string[],
): Promise<readonly string[]> {
  const session = await openSession(scene.database, sender);
  const telling = new Set<string>();
  try {
    for (const { name, types } of await callables(scene, sender.role)) {
      const ask = async (id: string): Promise<string> =>
        answerOf(session, `select * from ${name}(${await argumentsOf(scene, types, id)})`, id);
      const nowhere = await ask(NOWHERE);
      for (const id of ids) if ((await ask(id)) !== nowhere) telling.add(name);
    }
  } finally {
    await session.close();
  }
  return [...telling].sort();
}
