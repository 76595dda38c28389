-- Rule 9 blanks what is read and written of notes. That their release is asked for, answered, decided or reviewed is said of a case that may
-- have none, and hid behind them: of an approval there was neither author nor time.
create or replace function is_confidential(p_action text) returns boolean
  language sql immutable parallel safe
  return (p_action like '%NOTE%' and p_action not like '%\_NOTE\_RELEASE') or p_action like '%HANDOVER%';

-- The lines that there are, under the same rule. Nobody updates the log but this migration.
alter table access_log no force row level security;
update access_log l set blanked = false where l.blanked and (l.action like '%\_NOTE\_RELEASE'
  or (goes_along(l.action) and not exists (
    select from access_log n where n.operation_id = l.operation_id and n.case_id = l.case_id and is_confidential(n.action))));
alter table access_log force row level security;
