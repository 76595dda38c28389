import type { Hidden } from '../scene.js';
import type { Tries, Try } from '../try.js';

const TABLES = [
  'interview_note',
  'person',
  '"case"',
  'person_address',
  'appointment',
  'case_person',
  'handover',
  'message',
  'visit',
];

/** Ways to read a table as a whole. */
const WAYS: readonly (readonly [name: string, sql: (table: string) => string])[] = [
  ['selects', (t) => `select * from ${t}`],
  ['selects whole rows as text', (t) => `select t::text from ${t} t`],
  ['selects rows as JSON', (t) => `select to_jsonb(t) from ${t} t`],
  ['adds rows up as JSON', (t) => `select jsonb_agg(t) from ${t} t`],
  ['reads system columns', (t) => `select tableoid::regclass, ctid, xmin, xmax, cmin from ${t}`],
  [
    'reads by place',
    (t) =>
      `select * from ${t} where ctid = any (array(select format('(%s,%s)', b, i)::tid from generate_series(0, 40) b, generate_series(1, 10) i))`,
  ],
  ['samples', (t) => `select * from ${t} tablesample system (100)`],
  ['copies', (t) => `copy ${t} to stdout`],
  ['copies a query', (t) => `copy (select * from ${t}) to stdout`],
  ['locks rows to update', (t) => `select * from ${t} for update`],
  ['locks rows to share', (t) => `select * from ${t} for key share skip locked`],
  ['asks for XML', (t) => `select query_to_xml('select * from ${t}', true, false, '')`],
  ['asks for XML of the table', (t) => `select table_to_xml('${t}'::regclass, true, false, '')`],
  [
    'reads by a cursor',
    (t) =>
      `declare reading scroll cursor for select * from ${t}; fetch all from reading; move absolute 0 from reading; fetch all from reading`,
  ],
  [
    'reads by a prepared statement',
    (t) => `prepare reading as select * from ${t}; execute reading; deallocate reading`,
  ],
  [
    'reads by a recursive query',
    (t) =>
      `with recursive r as (select 1 as i union all select i + 1 from r where i < 2) select x.* from r, lateral (select * from ${t} offset 0) x`,
  ],
];

/** Expressions that fail, and say a value in their error, if they are computed for a row that is hidden. */
const leaks = ({ person, case: file, note }: Hidden): readonly Try[] => [
  ['casts a name to a number', `select from person where family_name::integer = 1 and id = '${person}'`],
  ['casts a name to a date', `select from person where id = '${person}' and family_name::date > now()`],
  ['casts a name to JSON', `select from person where id = '${person}' and family_name::jsonb is not null`],
  [
    'casts a name to XML',
    `select from person where id = '${person}' and ('<' || family_name)::xml is not null`,
  ],
  ['casts a name to an id', `select from person where id = '${person}' and family_name::uuid is not null`],
  [
    'casts a name to a class',
    `select from person where id = '${person}' and family_name::regclass is not null`,
  ],
  [
    'casts a name to an enumeration',
    `select from person where id = '${person}' and family_name::"SafeContact" is not null`,
  ],
  ['casts a row to a number', `select from person p where id = '${person}' and p::text::integer = 1`],
  ['casts a reference to a number', `select from "case" where id = '${file}' and reference::integer = 1`],
  [
    'casts a note to a number',
    `select from interview_note where id = '${note}' and convert_from(body, 'UTF8')::integer = 1`,
  ],
  [
    'divides by nothing',
    `select from person where id = '${person}' and 1 / (length(family_name) - length(family_name)) = 1`,
  ],
  [
    'divides in ORDER BY',
    `select from person where id = '${person}' order by 1 / (length(family_name) - length(family_name))`,
  ],
  [
    'divides in CASE',
    `select case when family_name is not null then 1 / 0 end from person where id = '${person}'`,
  ],
  ['divides in HAVING', `select count(*) from person where id = '${person}' having 1 / (1 - count(*)) = 5`],
  [
    'casts in a join',
    `select from (values (1)) v (i) join person p on p.family_name::integer = v.i and p.id = '${person}'`,
  ],
  [
    'casts beneath a window',
    `select * from (select *, row_number() over () from person) p where id = '${person}' and family_name::integer = 1`,
  ],
  [
    'matches a pattern of its own',
    `select from person where id = '${person}' and 'x' ~ (family_name || '(')`,
  ],
  ['reads a bad encoding', `select convert_from(body, 'UTF16') from interview_note where id = '${note}'`],
  [
    'sets a viewer by a name',
    `select set_config('backtrace_functions', family_name, true) from person where id = '${person}'`,
  ],
  [
    'keeps a name in a setting',
    `select set_config('my.loot', family_name, false) from person where id = '${person}'`,
    `select current_setting('my.loot', true)`,
  ],
  ['notifies of a name', `select pg_notify('loot', family_name) from person where id = '${person}'`],
  [
    'runs a query of a name',
    `select query_to_xml('select ' || quote_literal(family_name), true, false, '') from person where id = '${person}'`,
  ],
];

/** Settings under which the planner or the executor goes another way. */
const SETTINGS: readonly string[] = [
  'set local debug_parallel_query = regress; set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0; set local min_parallel_table_scan_size = 0',
  'set local plan_cache_mode = force_generic_plan',
  'set local enable_seqscan = off; set local enable_bitmapscan = off',
  'set local enable_indexscan = off; set local enable_bitmapscan = off; set local enable_indexonlyscan = off',
  'set local enable_material = off; set local enable_memoize = off; set local enable_hashjoin = off',
  'set local jit = on; set local jit_above_cost = 0',
  'set local work_mem = 64; set local from_collapse_limit = 1; set local join_collapse_limit = 1; set local geqo_threshold = 2',
  'set local constraint_exclusion = on; set local transform_null_equals = on',
  `set local timezone = 'Pacific/Kiritimati'; set local datestyle = 'SQL, DMY'; set local intervalstyle = 'sql_standard'`,
  `set local search_path = ''`,
  'set local search_path = pg_catalog',
  'set local search_path = information_schema, pg_temp, public, pg_catalog',
  'set local search_path = graphile_worker, pg_catalog, public',
  'set local standard_conforming_strings = off; set local backslash_quote = on; set local array_nulls = off',
  `set local default_transaction_isolation = 'serializable'; set local transaction_isolation = 'serializable'`,
  'set local row_security = off',
];

/** Tries to read more by another kind of statement, or by an error that says a value. */
export const READING: Tries = {
  subject: 'reads more',
  end: 'commit',
  looks: false,
  of: (hidden) => [
    ...WAYS.flatMap(([name, sql]) => TABLES.map((table): Try => [`${name}: ${table}`, sql(table)])),
    ...leaks(hidden),
    ['asks for XML of everything', `select database_to_xml(true, false, '')`],
    ['asks for XML of a schema', `select schema_to_xml('public', true, false, '')`],
    [
      'asks for text search statistics',
      `select * from ts_stat($$select to_tsvector('simple', family_name) from person$$)`,
    ],
  ],
};

/** Tries to read more by another plan, or by settings under which a policy would mean something else. */
export const PLANNING: Tries = {
  subject: 'reads more by settings',
  end: 'commit',
  looks: true,
  of: () =>
    SETTINGS.map(
      (setting): Try => [
        setting.slice(0, 70),
        ...setting.split('; '),
        ...TABLES.slice(0, 4).map((table) => `select * from public.${table}`),
      ],
    ),
};
