/**
 * Statements whose answer must not depend on rows that the sender cannot read. They are said in two counties that differ in such rows alone.
 * The plain ones are refused, or answer alike.
 */
export const COUNTING: readonly (readonly [name: string, sql: string])[] = [
  [
    'the pages of a table, by currtid2',
    `select b from generate_series(1, 5000, 1) b where currtid2('interview_note', format('(%s,1)', b)::tid) is null`,
  ],
  ...['interview_note', 'person', 'access_log', 'handover', 'message'].flatMap(
    (table): [string, string][] => [
      [`counts ${table}`, `select count(*) from ${table}`],
      [`asks for the size of ${table}`, `select pg_relation_size('${table}')`],
      [`asks for the whole size of ${table}`, `select pg_total_relation_size('${table}')`],
      [`asks for the size of the table ${table}`, `select pg_table_size('${table}')`],
      [`asks for the size of the indexes of ${table}`, `select pg_indexes_size('${table}')`],
      [
        `asks for the live rows of ${table}`,
        `select n_live_tup, n_tup_ins from pg_stat_all_tables where relname = '${table}'`,
      ],
      [`asks for the inserted rows of ${table}`, `select pg_stat_get_tuples_inserted('${table}'::regclass)`],
      [`asks for the reads of ${table}`, `select pg_stat_get_numscans('${table}'::regclass)`],
      [`asks for the blocks of ${table}`, `select pg_stat_get_blocks_fetched('${table}'::regclass)`],
      [
        `asks for frequent values of ${table}`,
        `select attname, most_common_vals, most_common_freqs, n_distinct from pg_stats where tablename = '${table}'`,
      ],
      [`asks for statistics of ${table}`, `select * from pg_stats_ext where tablename = '${table}'`],
      [
        `reads raw statistics of ${table}`,
        `select stadistinct from pg_statistic where starelid = '${table}'::regclass`,
      ],
    ],
  ),
  ['asks for the size of the database', 'select pg_database_size(current_database())'],
  [
    'asks for the counters of the database',
    'select tup_inserted from pg_stat_database where datname = current_database()',
  ],
  ['asks for the counters of functions', 'select calls from pg_stat_user_functions'],
  ['asks for the counters of indexes', 'select idx_scan from pg_stat_user_indexes'],
  ['asks for input and output', 'select * from pg_stat_io'],
  ['asks for the write-ahead log', 'select * from pg_stat_wal'],
  ['asks for the last value of the log', `select pg_sequence_last_value('access_log_id_seq'::regclass)`],
  [
    'asks for the last values of sequences',
    `select sequencename, last_value from pg_sequences where schemaname = 'public'`,
  ],
  ['reads the sequence of the log', 'select last_value from access_log_id_seq'],
  ['takes a value of the log', `select nextval('access_log_id_seq')`],
  ['asks for locks', 'select * from pg_locks'],
  ['asks for what others do', 'select pid, query from pg_stat_activity'],
  ['asks who blocks', 'select pg_blocking_pids(pg_backend_pid())'],
  ['reads large objects', 'select * from pg_largeobject'],
  ['asks for the shared memory', 'select * from pg_shmem_allocations'],
  ['asks for the buffers', 'select * from pg_buffercache'],
  ['asks for statements', 'select * from pg_stat_statements'],
  ['asks for the files', "select * from pg_ls_dir(pg_relation_filepath('interview_note'))"],
  ['asks for commits', 'select pg_last_committed_xact()'],
  ['listens to what changes', 'listen visit_changed'],
];

/** Statements of the same kind that tell a count. SECURITY: PostgreSQL lets every role say them. */
export const TELLING: readonly (readonly [name: string, sql: string])[] = [
  [
    'pg_class counts the rows of a table',
    `select relname, reltuples from pg_class where relname = 'interview_note'`,
  ],
  [
    'EXPLAIN estimates the rows of an author',
    `explain select from interview_note n, generate_series(1, 1000000) where n.author_id = (select id from worker where false)`,
  ],
  [
    'EXPLAIN ANALYZE counts the rows that a policy removed',
    `set local enable_indexscan = off; set local enable_bitmapscan = off; explain (analyze, costs off, timing off, summary off, buffers off) select from interview_note`,
  ],
];
