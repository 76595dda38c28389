-- BEFORE UPDATE or DELETE: a measured day and the figure of a week do not change, so that the same question always has the same answer.
-- Late records change nothing.
create function measured_once() returns trigger language plpgsql as $$ begin raise 'what was measured stays'; end $$;
create trigger measured_once before update or delete on waiting_day for each row execute function measured_once();
create trigger measured_once before update or delete on waiting_week for each row execute function measured_once();
