-- Rule 1: given by a release, for as long as the release says. The person's agreement, an appeal and a court's order opened the notes for as
-- long as the case was theirs who asked.

-- AlterTable
ALTER TABLE "release" ADD COLUMN "asked_until" TIMESTAMPTZ(3);

grant insert (asked_until) on release to cosmos_app;

-- Half a year at most: an appeal, with the two months to make it and the two of silence that refuse it, is over by then. The worker who needs
-- longer asks again, and the author answers again. A danger has 72 hours, and no request changes that. The check allows an hour
-- more, since the clock of the API and summer time differ from it. It opens for no longer than half a year.
alter table release add constraint release_asked_until
  check (asked_until is null
    or asked_until > requested_at and asked_until <= requested_at + interval '180 days 1 hour' and ground <> 'DANGER');

-- Of those that said nothing, as of those that say nothing from now on: thirty days.
alter table release drop constraint release_has_its_end;
grant update (open_until) on release to cosmos_keeper;
set role cosmos_keeper;
update release set open_until = approved_at + interval '30 days' where approved_at is not null and open_until is null;
select reset_note_readers(c.case_id) from (select distinct case_id from release where approved_at is not null and lapsed_at is null) c;
reset role;
revoke update (open_until) on release from cosmos_keeper;
alter table release add constraint release_has_its_end check ((open_until is null) = (approved_at is null)
  and open_until <= approved_at + case ground when 'DANGER' then interval '72 hours' when 'ACCESS_REQUEST' then interval '30 days'
    else interval '180 days' end);

-- A danger is asked about again where it opens: one that was asked for while another was being approved opens nothing.
create or replace function release_opens_for() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ground = 'DANGER' then
    if not exists (select from danger_statement d where d.release_id = new.id) then
      raise 'the danger is not stated' using errcode = 'check_violation';
    end if;
    if danger_was_opened(new.case_id) then
      raise 'a danger opens once for an event' using errcode = 'check_violation';
    end if;
    new.open_until := new.approved_at + interval '72 hours';
  else
    -- The person's request for their file has its month at most (GDPR, article 12, 3).
    new.open_until := least(coalesce(new.asked_until, new.approved_at + interval '30 days'),
      new.approved_at + case new.ground when 'ACCESS_REQUEST' then interval '30 days' else interval '180 days' end);
    if new.open_until <= new.approved_at then raise 'its end has come' using errcode = 'check_violation'; end if;
  end if;
  return new;
end $$;
