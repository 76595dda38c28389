-- Run by a superuser in each new database, with prisma/roles.sql: what PostgreSQL lets every role do, and no service does. SECURITY.md
-- lists what cannot be taken away.
do $$
declare v_function regprocedure;
begin
  for v_function in
    select p.oid from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace and (
      -- To wait on purpose, and so to keep a connection or to measure time.
      p.proname like 'pg\_sleep%'
      -- Large objects: no row-level security binds them.
      or p.proname like 'lo\_%' or p.proname in ('loread', 'lowrite')
      -- Locks that outlive their transaction.
      or (p.proname like 'pg\_%advisory%' and p.proname not like '%\_xact\_%')
      -- To end the statements and connections of others, and to read what they send.
      or p.proname in ('pg_cancel_backend', 'pg_terminate_backend', 'pg_lock_status', 'pg_blocking_pids', 'pg_isolation_test_session_is_blocked')
      -- The names of prepared statements: SQL of one transaction could put another statement under a name, for the next.
      or p.proname = 'pg_prepared_statement'
      -- Counters and sizes: they tell how many rows there are, and how many were written when.
      or p.proname like 'pg\_stat\_get\_%'
      or p.proname in ('pg_relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size', 'pg_database_size',
        'pg_tablespace_size', 'pg_current_wal_lsn', 'pg_current_wal_insert_lsn', 'pg_current_wal_flush_lsn', 'currtid2')
      or p.proname like 'pg\_control\_%'
      -- To write into the write-ahead log without a table.
      or p.proname in ('pg_logical_emit_message', 'pg_export_snapshot'))
  loop
    execute format('revoke execute on function %s from public', v_function);
    execute format('grant execute on function %s to cosmos_owner', v_function);
  end loop;
end $$;
-- Programs of one's own, such as DO.
revoke usage on language plpgsql from public;
grant usage on language plpgsql to cosmos_owner;
