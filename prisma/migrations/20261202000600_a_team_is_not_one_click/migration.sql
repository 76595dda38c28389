-- A team is not one click. Before: any worker of a team replaced what it had said of an indicator, a report was signed by a name that
-- someone typed, and a proposal could count nothing that is recorded. After: a team's opinion is made of its members' voices, and
-- each is its member's own; a report is published once members have signed its text, none of whom publishes it.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateEnum
CREATE TYPE "VoicePosition" AS ENUM ('FOR', 'AGAINST', 'RESERVED');
-- CreateTable
CREATE TABLE "indicator_speaker" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "indicator_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "worker_id" UUID,
    "name" TEXT,
    "is_named" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "indicator_speaker_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "indicator_voice" (
    "speaker_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "indicator_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "position" "VoicePosition" NOT NULL,
    "words" TEXT,
    "stated_on" DATE NOT NULL,
    CONSTRAINT "indicator_voice_pkey" PRIMARY KEY ("speaker_id","version")
);
-- CreateTable
CREATE TABLE "activity_report_text" (
    "report_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "narrative" TEXT,
    "written_by_id" UUID,
    "stated_on" DATE NOT NULL,
    CONSTRAINT "activity_report_text_pkey" PRIMARY KEY ("report_id","version")
);
-- CreateTable
CREATE TABLE "activity_report_signature" (
    "report_id" UUID NOT NULL,
    "text_version" INTEGER NOT NULL,
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    CONSTRAINT "activity_report_signature_pkey" PRIMARY KEY ("report_id","text_version","worker_id")
);

-- Read and changed here by their owner.
alter table indicator no force row level security;
alter table indicator_opinion no force row level security;
alter table activity_report no force row level security;
-- What was said before is kept. Nobody knows which member said it: it is one voice, without a name. Who declined had no opinion.
insert into indicator_speaker (indicator_id, district_id)
  select indicator_id, district_id from indicator_opinion where position <> 'DECLINED';
insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, words, stated_on)
  select s.id, 1, o.indicator_id, o.district_id,
    (case o.position when 'ABSTAINED' then 'RESERVED' else o.position::text end)::"VoicePosition", o.dissent, o.stated_on
  from indicator_opinion o join indicator_speaker s using (indicator_id, district_id);
-- And what was published stays: in whose name it was is the last line of its text.
insert into activity_report_text (report_id, version, narrative, stated_on)
  select id, version, narrative || E'\n\n' || signed_by, stated_on from activity_report;

alter table indicator_opinion rename to former_opinion;
alter table activity_report drop constraint activity_report_narrative;
ALTER TABLE "activity_report" DROP COLUMN "narrative", DROP COLUMN "signed_by", DROP COLUMN "declined", DROP COLUMN "stated_on",
ADD COLUMN "published_by_id" UUID;

-- CreateIndex
CREATE INDEX "indicator_speaker_district_id_idx" ON "indicator_speaker"("district_id");
-- CreateIndex
CREATE INDEX "indicator_speaker_worker_id_idx" ON "indicator_speaker"("worker_id");
-- CreateIndex
CREATE UNIQUE INDEX "indicator_speaker_indicator_id_worker_id_key" ON "indicator_speaker"("indicator_id", "worker_id");
-- CreateIndex
CREATE UNIQUE INDEX "indicator_speaker_id_indicator_id_district_id_key" ON "indicator_speaker"("id", "indicator_id", "district_id");
-- CreateIndex
CREATE INDEX "indicator_voice_indicator_id_district_id_idx" ON "indicator_voice"("indicator_id", "district_id");
-- CreateIndex
CREATE INDEX "indicator_voice_district_id_idx" ON "indicator_voice"("district_id");
-- CreateIndex
CREATE INDEX "activity_report_text_written_by_id_idx" ON "activity_report_text"("written_by_id");
-- CreateIndex
CREATE INDEX "activity_report_signature_worker_id_idx" ON "activity_report_signature"("worker_id");
-- CreateIndex
CREATE INDEX "activity_report_signature_district_id_idx" ON "activity_report_signature"("district_id");
-- CreateIndex
CREATE INDEX "activity_report_published_by_id_idx" ON "activity_report"("published_by_id");
-- AddForeignKey
ALTER TABLE "indicator_speaker" ADD CONSTRAINT "indicator_speaker_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "indicator_speaker" ADD CONSTRAINT "indicator_speaker_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "indicator_speaker" ADD CONSTRAINT "indicator_speaker_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "indicator_voice" ADD CONSTRAINT "indicator_voice_speaker_id_indicator_id_district_id_fkey" FOREIGN KEY ("speaker_id", "indicator_id", "district_id") REFERENCES "indicator_speaker"("id", "indicator_id", "district_id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "activity_report" ADD CONSTRAINT "activity_report_published_by_id_fkey" FOREIGN KEY ("published_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "activity_report_text" ADD CONSTRAINT "activity_report_text_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "activity_report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "activity_report_text" ADD CONSTRAINT "activity_report_text_written_by_id_fkey" FOREIGN KEY ("written_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "activity_report_signature" ADD CONSTRAINT "activity_report_signature_report_id_text_version_fkey" FOREIGN KEY ("report_id", "text_version") REFERENCES "activity_report_text"("report_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "activity_report_signature" ADD CONSTRAINT "activity_report_signature_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "activity_report_signature" ADD CONSTRAINT "activity_report_signature_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- A team's opinion ----------------------------------------------------------------------------------------
alter table indicator_voice add constraint indicator_voice_version check (version between 1 and 50);

-- What the voices of a team come to: the last of each member. One voice is no team's opinion. Reservations count for nobody's side.
create function indicator_opinions(p_indicators uuid[]) returns table (indicator_id uuid, district_id uuid, votes_for integer,
    votes_against integer, reservations integer, "position" text)
  language sql stable
begin atomic
  select v.indicator_id, v.district_id,
    count(*) filter (where v.position = 'FOR')::integer,
    count(*) filter (where v.position = 'AGAINST')::integer,
    count(*) filter (where v.position = 'RESERVED')::integer,
    case when count(*) < 2 then 'NO_OPINION'
      when count(*) filter (where v.position = 'FOR') > count(*) filter (where v.position = 'AGAINST') then 'FOR'
      when count(*) filter (where v.position = 'FOR') < count(*) filter (where v.position = 'AGAINST') then 'AGAINST'
      else 'DIVIDED' end
  from indicator_voice v
  where v.indicator_id = any (p_indicators)
    and not exists (select from indicator_voice later where later.speaker_id = v.speaker_id and later.version > v.version)
  group by v.indicator_id, v.district_id;
end;

-- What stands in the way of adoption, in the words of the conflict; null if nothing does. A team is heard once two of its members
-- have spoken. Once the time for it is over, a team that was not heard has no opinion: silence is never a yes. More teams are for it
-- than against.
create or replace function indicator_obstacle(p_indicator uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  return (select case
      when i.consulted_until >= (now() at time zone 'Europe/Paris')::date and exists (select from district d
        where d.switched_on_on is not null and not exists (select from indicator_opinions(array[i.id]) o
          where o.district_id = d.id and o.position <> 'NO_OPINION')) then 'TEAMS_TO_BE_HEARD'
      when (select count(*) filter (where o.position = 'FOR') <= count(*) filter (where o.position = 'AGAINST')
        from indicator_opinions(array[i.id]) o) then 'NOT_AGREED'
      end from indicator i where i.id = p_indicator);

DROP TABLE "former_opinion";
DROP TYPE "TeamPosition";
create trigger opinion_while_asked before insert or update on indicator_speaker for each row execute function opinion_while_asked();
create trigger opinion_while_asked before insert on indicator_voice for each row execute function opinion_while_asked();

-- A voice has the name of its login, and of nobody else; its versions follow one another.
create function in_ones_own_name() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.name := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.worker_id);
  return new;
end $$;
create trigger in_ones_own_name before insert on indicator_speaker for each row execute function in_ones_own_name();
create trigger in_ones_own_name before insert on activity_report_signature for each row execute function in_ones_own_name();
create function next_word() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.version <> (select coalesce(max(v.version), 0) + 1 from indicator_voice v where v.speaker_id = new.speaker_id)
  then raise 'a version of a voice is left out'; end if;
  return new;
end $$;
create trigger next_word before insert on indicator_voice for each row execute function next_word();

-- ---- What counts a recorded fact -----------------------------------------------------------------------------
-- What was proposed without a record to count is refused, with its reason.
update indicator set status = 'REFUSED', refusal = 'NOT_RECORDED',
  refusal_text = 'Rien de ce qui est enregistré ne permet de le compter, et rien ne s’enregistre pour un chiffre.'
where measure is null and status in ('PROPOSED', 'CONSULTED');
alter table indicator drop constraint indicator_measured,
  add constraint indicator_measured check (measure is not null or status = 'REFUSED');
-- The closed list is that of the functions which count (src/statistics/measures.ts describes them).
create function counts_what_is_recorded() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.measure is not null and (new.measure !~ '^[A-Z][A-Z0-9_]+$'
    or to_regprocedure('records_of_' || lower(new.measure) || '(timestamptz,timestamptz)') is null)
  then raise 'nothing measures %', new.measure; end if;
  return new;
end $$;
create trigger counts_what_is_recorded before insert on indicator for each row execute function counts_what_is_recorded();

-- ---- A team's text -------------------------------------------------------------------------------------------
-- Whether the last text of a report, or that its team declined, is signed as a team's: by two of its members, or by the only one
-- there is; for the county, by members of two teams. None of them publishes it, nor did who publishes it write it.
create function narrative_is_signed(p_report uuid, p_publisher uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report r
    cross join lateral (select t.version, t.written_by_id from activity_report_text t where t.report_id = r.id
      order by t.version desc limit 1) last
    cross join lateral (select count(*) as members, count(distinct s.district_id) as teams, bool_or(s.worker_id = p_publisher) as by_publisher
      from activity_report_signature s where s.report_id = r.id and s.text_version = last.version) signed
    where r.id = p_report and p_publisher is not null and last.written_by_id is distinct from p_publisher and not signed.by_publisher
      and case when r.district_id is null
        then signed.teams >= least(2, (select count(*) from district d where d.switched_on_on is not null))
        else signed.members >= least(2, (select count(distinct m.worker_id) from membership m where m.district_id = r.district_id
          and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))) end
      and signed.members > 0);

create or replace function published_for_ever() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.published_on is not null then raise 'what was published stays'; end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.published_on is not null and not narrative_is_signed(new.id, new.published_by_id)
  then raise 'the team has not signed it'; end if;
  return new;
end $$;
-- Signed first, published afterwards.
create function drafted_first() returns trigger language plpgsql as $$
begin
  if new.published_on is not null then raise 'a report begins as a draft'; end if;
  return new;
end $$;
create trigger drafted_first before insert on activity_report for each row execute function drafted_first();

-- A text and its signatures are of the version that stands, and come before the report is published. Held, so that it is not
-- published meanwhile.
create function of_the_draft() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from activity_report r where r.id = new.report_id and r.published_on is null
    and r.version = (to_jsonb(new) ->> tg_argv[0])::integer for share;
  if not found then raise 'this is not what stands in the draft'; end if;
  return new;
end $$;
create trigger of_the_draft before insert on activity_report_text for each row execute function of_the_draft('version');
create trigger of_the_draft before insert on activity_report_signature for each row execute function of_the_draft('text_version');

-- ---- Who reads and writes ------------------------------------------------------------------------------------
-- In which districts the viewer speaks as one of the team: not its head, nor who publishes, whatever other role they hold.
create function viewer_teams() returns uuid[]
  language plpgsql stable as $$ begin
    if not viewer_has_scope('statistics:write') or viewer_has_role('TECHNICAL_ADVISER') then return '{}'; end if;
    return array(select unnest(viewer_districts('social_worker')) except select unnest(viewer_districts('district_head')));
  end $$;
drop policy indicator_observation_state on indicator_observation;
create policy indicator_observation_state on indicator_observation for insert to cosmos_app with check (
  district_id = any ((select viewer_teams())::uuid[]));

-- How many are for it, and the words, are public. Who spoke is known to the team's social workers, and to everyone if they wish so:
-- not to the head, whom a voice may be against.
grant select on indicator_voice, indicator_speaker to cosmos_app;
grant insert (id, indicator_id, district_id, worker_id, is_named), update (is_named) on indicator_speaker to cosmos_app;
grant insert on indicator_voice to cosmos_app;
alter table indicator_speaker enable row level security;
alter table indicator_speaker force row level security;
create policy indicator_speaker_read on indicator_speaker for select to cosmos_app using (
  is_named or worker_id = (select viewer_worker()) or ((select viewer_reads_statistics())
    and district_id = any ((select viewer_districts('social_worker'))::uuid[])));
-- A member speaks, and not the head.
create policy indicator_speaker_state on indicator_speaker for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[]));
create policy indicator_speaker_restate on indicator_speaker for update to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[]));
alter table indicator_voice enable row level security;
alter table indicator_voice force row level security;
create policy indicator_voice_read on indicator_voice for select to cosmos_app using (true);
create policy indicator_voice_state on indicator_voice for insert to cosmos_app with check (
  district_id = any ((select viewer_teams())::uuid[])
  and exists (select from indicator_speaker s where s.id = speaker_id and s.worker_id = (select viewer_worker())));

-- Of a published report everyone reads the last text and who signed it; the texts before are of those who read drafts.
revoke insert, update on activity_report from cosmos_app;
grant insert (id, district_id, year) on activity_report to cosmos_app;
grant update (snapshot_version, social_workers, receptionists, published_on, published_by_id, version) on activity_report to cosmos_app;
drop policy activity_report_state on activity_report;
create policy activity_report_state on activity_report for insert to cosmos_app with check (
  published_on is null and (district_id = any ((select viewer_teams())::uuid[])
    or (district_id is null and cardinality((select viewer_teams())::uuid[]) > 0)));
drop policy activity_report_restate on activity_report;
create policy activity_report_restate on activity_report for update to cosmos_app using (
  (select viewer_has_scope('statistics:write')) and published_on is null and (
    district_id = any ((select viewer_teams())::uuid[])
    or (district_id is null and cardinality((select viewer_teams())::uuid[]) > 0)
    or (select viewer_has_role('TECHNICAL_ADVISER'))))
  with check (published_on is null and published_by_id is null
    or (published_by_id = (select viewer_worker()) and (select viewer_has_role('TECHNICAL_ADVISER'))));
grant select on activity_report_text, activity_report_signature to cosmos_app;
grant insert on activity_report_text to cosmos_app;
grant insert (report_id, text_version, worker_id, district_id, signed_on) on activity_report_signature to cosmos_app;
create function viewer_reads_drafts() returns boolean
  language plpgsql stable as $$ begin return viewer_reads_statistics() and not viewer_is_reporting_client(); end $$;
create function is_last_text(p_report uuid, p_version integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_version = (select max(t.version) from activity_report_text t where t.report_id = p_report);
alter table activity_report_text enable row level security;
alter table activity_report_text force row level security;
create policy activity_report_text_read on activity_report_text for select to cosmos_app using (
  (select viewer_reads_drafts()) or (is_last_text(report_id, version)
    and exists (select from activity_report r where r.id = report_id and r.published_on is not null)));
create policy activity_report_text_state on activity_report_text for insert to cosmos_app with check (
  written_by_id = (select viewer_worker())
  and exists (select from activity_report r where r.id = report_id and (r.district_id = any ((select viewer_teams())::uuid[])
    or (r.district_id is null and cardinality((select viewer_teams())::uuid[]) > 0))));
alter table activity_report_signature enable row level security;
alter table activity_report_signature force row level security;
create policy activity_report_signature_read on activity_report_signature for select to cosmos_app using (
  (select viewer_reads_drafts()) or (is_last_text(report_id, text_version)
    and exists (select from activity_report r where r.id = report_id and r.published_on is not null)));
create policy activity_report_signature_state on activity_report_signature for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[])
  and exists (select from activity_report r where r.id = report_id and (r.district_id is null or r.district_id = activity_report_signature.district_id)));

alter table indicator force row level security;
alter table activity_report force row level security;
grant select on indicator_voice, activity_report_text, activity_report_signature to cosmos_keeper;
grant update on activity_report to cosmos_keeper;
revoke all on function indicator_opinions(uuid[]) from public;
grant execute on function indicator_opinions(uuid[]) to cosmos_app, cosmos_keeper;
do $$
declare f regprocedure;
begin
  foreach f in array array['in_ones_own_name()', 'next_word()', 'counts_what_is_recorded()', 'narrative_is_signed(uuid,uuid)',
    'published_for_ever()', 'of_the_draft()', 'is_last_text(uuid,integer)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function narrative_is_signed(uuid, uuid), is_last_text(uuid, integer) to cosmos_app;
