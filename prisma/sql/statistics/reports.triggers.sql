-- BEFORE UPDATE or DELETE: a published report does not change, and a report is published only if its team has signed it.
create function published_for_ever() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.published_on is not null then raise 'what was published stays'; end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.published_on is not null and not narrative_is_signed(new.id, new.published_by_id)
  then raise 'the team has not signed it'; end if;
  -- The text that stands is the one that is published, also if more workers sign or leave the team later.
  if new.published_on is not null then new.text_version := standing_text(new.id); end if;
  return new;
end $$;
alter function published_for_ever owner to cosmos_keeper;
create trigger published_for_ever before update or delete on activity_report for each row execute function published_for_ever();

-- BEFORE UPDATE or DELETE: what a report cites, and a published notice, do not change.
create function cited_for_ever() returns trigger language plpgsql as $$ begin raise 'what was published stays'; end $$;
create trigger cited_for_ever before update or delete on activity_report_table for each row execute function cited_for_ever();
create trigger published_for_ever before update or delete on privacy_notice for each row execute function cited_for_ever();

-- BEFORE INSERT: a report begins as a draft, which is signed before it is published.
create function drafted_first() returns trigger language plpgsql as $$
begin
  if new.published_on is not null then raise 'a report begins as a draft'; end if;
  return new;
end $$;
create trigger drafted_first before insert on activity_report for each row execute function drafted_first();

-- BEFORE INSERT: a text and its signatures are for the version of the draft that stands, before the publication. It locks the report, so that
-- it is not published meanwhile.
create function of_the_draft() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from activity_report r where r.id = new.report_id and r.published_on is null
    and r.version = (to_jsonb(new) ->> tg_argv[0])::integer for share;
  if not found then raise 'this is not what stands in the draft'; end if;
  return new;
end $$;
alter function of_the_draft owner to cosmos_keeper;
create trigger of_the_draft before insert on activity_report_text for each row execute function of_the_draft('version');
create trigger of_the_draft before insert on activity_report_signature for each row execute function of_the_draft('text_version');

-- BEFORE INSERT: sets the name of the proposer and checks what the erratum is about. BEFORE UPDATE: sets the name of the signatory; a
-- published or withdrawn erratum does not change.
create function erratum_is_signed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.proposed_by := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.proposed_by_id);
    -- An erratum is about a frozen figure or a published report.
    if not (case when new.indicator_code is null
        then exists (select from activity_report r where r.year = new.period::integer and r.district_id is not distinct from new.district_id
          and r.published_on is not null)
        else exists (select from snapshot s join snapshot_table t on t.snapshot_id = s.id join indicator i on i.id = t.indicator_id
          where s.period = new.period and i.code = new.indicator_code and t.district_id is not distinct from new.district_id) end) then
      raise 'nothing like this was told' using errcode = 'check_violation';
    end if;
  elsif old.published_on is not null or old.withdrawn_on is not null then raise 'what is published or taken back stays';
  elsif new.published_on is not null then
    new.signed_by := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.signed_by_id);
  end if;
  return new;
end $$;
alter function erratum_is_signed owner to cosmos_keeper;
create trigger erratum_is_signed before insert or update on erratum for each row execute function erratum_is_signed();

-- AFTER the publication of an erratum: tells the social workers and the head of the district, and the members who signed the report of that
-- year. It does not tell the two who proposed and signed the erratum.
create function tell_of_erratum() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
    select told.worker_id, 'ERRATUM_PUBLISHED' from (
      select m.worker_id from membership m where m.district_id = new.district_id and m.role in ('SOCIAL_WORKER', 'DISTRICT_HEAD')
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      union
      select s.worker_id from activity_report r join activity_report_signature s on s.report_id = r.id
      where r.district_id is not distinct from new.district_id and r.year = left(new.period, 4)::integer and s.worker_id is not null) told
    where told.worker_id not in (new.proposed_by_id, new.signed_by_id);
  return null;
end $$;
alter function tell_of_erratum owner to cosmos_keeper;
create trigger tell_of_erratum after update on erratum for each row
  when (old.published_on is null and new.published_on is not null) execute function tell_of_erratum();

-- AFTER INSERT of a text: tells the members who signed the text that stands, or the one before this, that another one was written.
create function tell_of_text() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
    select distinct s.worker_id, 'TEXT_PROPOSED'::"NotificationKind" from activity_report_signature s
    where s.report_id = new.report_id and s.text_version in (standing_text(new.report_id), new.version - 1)
      and s.worker_id is distinct from new.written_by_id;
  return null;
end $$;
alter function tell_of_text owner to cosmos_keeper;
create trigger tell_of_text after insert on activity_report_text for each row when (new.version > 1) execute function tell_of_text();

-- AFTER INSERT of a signature by which a text takes the place of a signed one: tells the members who signed that one.
create function tell_of_replacement() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if text_is_signed(new.report_id, new.text_version, null) and not text_is_signed(new.report_id, new.text_version, new.worker_id) then
    insert into notification (worker_id, kind)
      select distinct s.worker_id, 'TEXT_REPLACED'::"NotificationKind" from activity_report_signature s
      where s.report_id = new.report_id and s.worker_id <> new.worker_id
        and s.text_version = (select max(t.version) from activity_report_text t
          where t.report_id = new.report_id and t.version < new.text_version and text_is_signed(t.report_id, t.version, null));
  end if;
  return null;
end $$;
alter function tell_of_replacement owner to cosmos_keeper;
create trigger tell_of_replacement after insert on activity_report_signature for each row execute function tell_of_replacement();
