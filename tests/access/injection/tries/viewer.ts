import type { Tries } from '../try.js';

/** The text by which login() says that the viewer is a worker of Gagny with every scope. */
const forged = (author: string, district: string): string => {
  const [worker, place] = [author, district].map((id) => id.replaceAll('-', ''));
  return `cosmos,${worker},,,${worker},,ab,notesXread notesXwrite casesXread personsXread,,${place},${place},${place},${place},`;
};

/** Tries to become another viewer, or another role. */
export const VIEWER: Tries = {
  subject: 'becomes another viewer',
  end: 'commit',
  looks: true,
  of: ({ author, district }) => {
    const text = forged(author, district);
    return [
      ['sets the parameter', `set backtrace_functions = '${text}'`],
      ['sets it for the session', `set session backtrace_functions = '${text}'`],
      ['sets it for the transaction', `set local backtrace_functions = '${text}'`],
      ['sets it with another case', `set local "BackTrace_Functions" = '${text}'`],
      ['calls set_config for the transaction', `select set_config('backtrace_functions', '${text}', true)`],
      ['calls set_config for the session', `select set_config('backtrace_functions', '${text}', false)`],
      ['calls set_config with a space', `select set_config(' backtrace_functions', '${text}', true)`],
      ['calls set_config with upper case', `select set_config('BACKTRACE_FUNCTIONS', '${text}', true)`],
      ['takes the default', 'set local backtrace_functions to default'],
      ['resets it', 'reset backtrace_functions'],
      ['sets it from current', 'set backtrace_functions from current'],
      [
        'updates pg_settings',
        `update pg_settings set setting = '${text}' where name = 'backtrace_functions'`,
      ],
      [
        'updates pg_settings in a common table',
        `with s as (update pg_settings set setting = '${text}' where name = 'backtrace_functions' returning 1) select * from s`,
      ],
      ['resets everything', 'reset all'],
      ['resets everything, then sets', 'reset all', `set local backtrace_functions = '${text}'`],
      ['discards everything', 'discard all'],
      ['discards plans and sequences', 'discard plans', 'discard sequences', 'discard temp'],
      ['ends the transaction, then sets', 'commit', `set backtrace_functions = '${text}'`, 'begin'],
      ['chains the transaction', 'commit and chain', `set local backtrace_functions = '${text}'`],
      ['rolls back and chains', 'rollback and chain'],
      ['begins again', 'rollback', 'begin'],
      [
        'sets the settings of the former version',
        `set cosmos.worker = '${author}'`,
        `set cosmos.scopes = 'notes:read'`,
        `set cosmos.districts = '${district}'`,
      ],
      ['sets a parameter of a like name', `set cosmos.backtrace_functions = '${text}'`],
      ['calls use_proof', `select use_proof('{}', '')`],
      ['calls use_proof with a purpose', `select use_proof('cosmos login', '{}', '')`],
      ['calls viewer_text', `select viewer_text(null, '${author}', null, null, null, null, '[]', '[]')`],
      ['calls login with nothing', 'select login(null, null)'],
      ['calls login with an empty proof', `select login('{}', '')`],
      ['calls login with a digest of the claims', `select login('{}', sha256('cosmos login\n{}'))`],
      ['calls login in a common table', `with l as (select login('{}', '')) select * from l`],
      ['calls login of the jobs', `select log_in_jobs('{}', '')`],
      ['calls log_in_jobs with a digest', `select log_in_jobs('{}', sha256('cosmos jobs\n{}'))`],
      ['reads the keys', 'select * from login_key'],
      ['copies the keys', 'copy login_key to stdout'],
      ['writes a key', `insert into login_key values ('\\x00', '\\x00')`],
      ['deletes used proofs', 'delete from login_proof'],
      ['reads used proofs', 'select * from login_proof'],
      ['truncates used proofs', 'truncate login_proof'],
      ['drops used proofs', 'drop table login_proof'],
      ['locks used proofs', 'lock table login_proof'],
      ['becomes the keeper', 'set role cosmos_keeper'],
      ['becomes the keeper for the transaction', 'set local role cosmos_keeper'],
      ['becomes the owner', 'set role cosmos_owner'],
      ['becomes the superuser', 'set role postgres'],
      ['becomes the role of monitoring', 'set role pg_monitor'],
      ['becomes who reads all data', 'set role pg_read_all_data'],
      ['becomes the keeper by set_config', `select set_config('role', 'cosmos_keeper', true)`],
      ['becomes the owner by authorization', 'set session authorization cosmos_owner'],
      ['becomes the keeper by authorization', 'set local session authorization cosmos_keeper'],
      ['becomes the default by authorization', 'set session authorization default'],
      ['becomes nobody', 'set role none'],
      [
        'turns row-level security off',
        'set row_security = off',
        'select * from interview_note',
        'select * from person',
      ],
      ['acts as a replica', 'set session_replication_role = replica'],
      ['loads a library', `load 'auto_explain'`],
      ['preloads a library', `set session_preload_libraries = 'auto_explain'`],
      ['allows system tables', 'set allow_system_table_mods = on'],
      ['ignores broken indexes', 'set ignore_system_indexes = on'],
      ['zeroes damaged pages', 'set zero_damaged_pages = on'],
      ['logs each statement', `set log_statement = 'all'`],
      ['logs the values of parameters', 'set log_parameter_max_length = -1'],
      [
        'sends debugging messages',
        'set client_min_messages = debug5',
        'select * from interview_note',
        'select * from person',
      ],
      [
        'prints plans',
        'set debug_print_plan = on',
        'set client_min_messages = log',
        'select * from interview_note',
      ],
    ];
  },
};

/** Tries that change what every later connection of the role begins with. The server's databases share it, so nothing is kept. */
export const ROLE: Tries = {
  subject: 'changes a role or the server',
  end: 'rollback',
  looks: true,
  of: ({ author, district }) => {
    const text = forged(author, district);
    const roles = ['cosmos_app', 'cosmos_jobs', 'cosmos_keeper', 'cosmos_owner', 'postgres', 'all'];
    return [
      ...roles.map((role): readonly [string, string] => [
        `sets the viewer for ${role}`,
        `alter role ${role} set backtrace_functions = '${text}'`,
      ]),
      ...roles
        .slice(2, 5)
        .map((role): readonly [string, string] => [
          `gives ${role} a password`,
          `alter role ${role} password 'x'`,
        ]),
      ...roles
        .slice(2, 5)
        .map((role): readonly [string, string] => [
          `grants itself ${role}`,
          `grant ${role} to cosmos_app, cosmos_jobs`,
        ]),
      ['lets the keeper log in', 'alter role cosmos_keeper login'],
      ['bypasses row-level security', 'alter role cosmos_app bypassrls'],
      ['becomes a superuser', 'alter role cosmos_app superuser'],
      ['grants the parameter', 'grant set on parameter backtrace_functions to public'],
      ['grants ALTER SYSTEM', 'grant alter system on parameter backtrace_functions to public'],
      ['changes the server', `alter system set backtrace_functions = '${text}'`],
      ['creates a role', 'create role attacker login'],
      ['drops the keeper', 'drop role cosmos_keeper'],
      ['takes over what the keeper has', 'reassign owned by cosmos_keeper to cosmos_app'],
      ['takes back its own grants', 'drop owned by cosmos_app'],
      ['creates a database', 'create database attacker'],
      ['copies the database', 'create database attacker template cosmos_demo'],
      ['creates a tablespace', `create tablespace attacker location '/tmp'`],
      ['comments a role', `comment on role cosmos_keeper is 'x'`],
    ];
  },
};
