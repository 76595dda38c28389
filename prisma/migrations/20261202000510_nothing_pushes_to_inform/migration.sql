-- A request about a child to protect had the clock of GDPR article 14: a deadline, and a line among what is overdue, pushed a worker to
-- inform whom the child must be protected from. It has none (CASF L226-2-1). Informing is done, or deferred with a ground, by who has it.

-- CreateEnum
CREATE TYPE "InformationGround" AS ENUM ('CHILD_PROTECTION', 'IMPAIRS_THE_AIM', 'NOT_REACHABLE', 'SECRECY');

-- AlterTable
ALTER TABLE "incoming_request" ADD COLUMN "child_protection" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "deferral_ground" "InformationGround",
ADD COLUMN "review_by" TIMESTAMPTZ(3);

-- ---- What must hold --------------------------------------------------------------------------------------------
alter table incoming_request
  add constraint incoming_request_no_clock check (not child_protection or inform_by is null),
  add constraint incoming_request_deferred check ((deferral_ground is null) = (review_by is null)),
  add constraint incoming_request_defers check (deferral_ground is null or inform_by is not null or child_protection),
  drop constraint incoming_request_informed,
  add constraint incoming_request_informed check (informed_at is null or inform_by is not null or child_protection);

grant insert (child_protection) on incoming_request to cosmos_app;
grant update (deferral_ground, review_by) on incoming_request to cosmos_app;

-- Deferred, it is due on the day of review; of a child to protect it is never due.
create or replace function incoming_request_is_due() returns trigger language plpgsql as $$
begin
  new.due_at := least(case when new.closed_at is null then new.answer_by end,
    case when new.informed_at is null and new.inform_by is not null then coalesce(new.review_by, new.inform_by) end);
  return new;
end $$;

-- The deferral is of who has it: the version, which the head reads as well, takes no account of it.
create or replace function incoming_request_goes_on() returns trigger language plpgsql as $$
declare
  v_heads boolean := old.district_id = any (viewer_districts('district_head'));
  v_has boolean := old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'));
begin
  if new.version <> old.version + (case when (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by)
      then 0 else 1 end) then raise 'a version follows the one before'; end if;
  if old.closed_at is not null and (new.status, new.worker_id, new.closed_at) is distinct from (old.status, old.worker_id, old.closed_at) then
    raise 'what is over stays so';
  end if;
  if new.worker_id is distinct from old.worker_id and (v_heads is not true or new.worker_id is null
      or new.worker_id = viewer_worker() or not may_be_assigned(new.worker_id, new.district_id)) then
    raise 'the head allocates, to a social worker of the district';
  end if;
  if new.status in ('ANSWERED', 'DECLINED') and new.status <> old.status
      and (case when old.worker_id is null then v_heads and new.status = 'DECLINED' else v_has end) is not true then
    raise 'who has it answers';
  end if;
  if new.informed_at is distinct from old.informed_at and (old.informed_at is not null or v_has is not true) then
    raise 'that they were informed, who has it says, once';
  end if;
  return new;
end $$;

create function information_is_deferred_by_who_has_it() returns trigger language plpgsql as $$
begin
  if (old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'))) is not true
      or old.informed_at is not null then
    raise 'that it waits, who has it says, until they are informed';
  end if;
  return new;
end $$;
create trigger information_is_deferred_by_who_has_it before update of deferral_ground, review_by on incoming_request
  for each row when (current_user = 'cosmos_app' and (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by)
    and new.deferral_ground is not null)
  execute function information_is_deferred_by_who_has_it();
