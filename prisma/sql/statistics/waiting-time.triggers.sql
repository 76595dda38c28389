-- The same question answers the same for ever, whatever is recorded late.
create function measured_once() returns trigger language plpgsql as $$ begin raise 'what was measured stays'; end $$;
create trigger measured_once before update or delete on waiting_day for each row execute function measured_once();
