-- Look-ups that were sent at once were counted each without the others: the measure of an hour held for those sent one after the other.

-- CreateTable
CREATE TABLE "look_up_turn" (
    "worker_id" UUID NOT NULL,

    CONSTRAINT "look_up_turn_pkey" PRIMARY KEY ("worker_id")
);

-- AddForeignKey
ALTER TABLE "look_up_turn" ADD CONSTRAINT "look_up_turn_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- No time and no number: when and how often someone looks up is in the access log alone.
alter table look_up_turn enable row level security;
alter table look_up_turn force row level security;
grant select, insert, update on look_up_turn to cosmos_keeper;

-- Takes the viewer's turn until the transaction is over, and answers the look-ups of the hour before it. Whoever looks up meanwhile, in
-- whatever process, waits; who had begun to read before the last one ended fails to serialise and runs again, READ COMMITTED, where the
-- count sees what the turn has waited for. So each counts all before it.
create function take_look_up_turn() returns table (used integer, oldest timestamptz)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is not null then
    insert into look_up_turn as t (worker_id) values (viewer_worker())
      on conflict (worker_id) do update set worker_id = t.worker_id;
  end if;
  return query select h.used, h.oldest from look_ups_of_the_hour() h;
end $$;
revoke all on function take_look_up_turn() from public;
alter function take_look_up_turn() owner to cosmos_keeper;
grant execute on function take_look_up_turn() to cosmos_app;
revoke execute on function look_ups_of_the_hour() from cosmos_app;
