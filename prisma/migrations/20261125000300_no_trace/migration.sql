-- A page of notes walks those that its reader may read, and none of the others: their number would take time.
-- CreateIndex
CREATE INDEX "interview_note_case_id_reader_id_written_at_id_idx" ON "interview_note"("case_id", "reader_id", "written_at", "id");

-- DropIndex
DROP INDEX "interview_note_case_id_written_at_id_idx";

-- ---- Copies of the case's columns, also while it changes hands ---------------------------------------------------
-- The case is held while a row takes its copies: a reassignment that commits meanwhile would pass it by.
create or replace function row_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id
    from "case" where id = new.case_id for share;
  return new;
end $$;

create or replace function appointment_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_worker_id := (select assigned_worker_id from "case" where id = new.case_id for share);
  return new;
end $$;

create or replace function note_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (new.case_id, new.author_id, new.written_at) is distinct from (old.case_id, old.author_id, old.written_at)
      or (old.status = 'FINAL' and new.status = 'DRAFT') then raise 'a note keeps its case, author and time';
    end if;
    return new;
  end if;
  select district_id, assigned_worker_id into new.district_id, new.reader_id from "case"
    where id = new.case_id and assigned_worker_id = new.author_id for share;
  return new;
end $$;

drop trigger appointment_changed on appointment;
create trigger appointment_changed
  after update of district_id, case_id, worker_ids, case_worker_id, status, ends_at on appointment
  for each row execute function appointment_changed();
