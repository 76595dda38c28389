-- BEFORE UPDATE or DELETE: a frozen period does not change.
create function frozen_for_ever() returns trigger language plpgsql as $$ begin raise 'what was frozen stays'; end $$;
create trigger frozen_for_ever before update or delete on snapshot for each row execute function frozen_for_ever();
create trigger frozen_for_ever before update or delete on snapshot_dimension for each row execute function frozen_for_ever();
create trigger frozen_for_ever before update or delete on snapshot_table for each row execute function frozen_for_ever();
