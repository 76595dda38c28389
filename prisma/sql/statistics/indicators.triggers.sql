-- BEFORE UPDATE: an indicator only goes one of the allowed steps, and is adopted only if nothing prevents it (`indicator_obstacle`). A
-- consultation begins today and has its six weeks; the days that the writer gives are not taken. If it decides nothing, there is a second one.
create function indicator_steps() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Somebody else has read its words (`confirm_words`).
  if new.confirmed_on is distinct from old.confirmed_on and new.status = old.status
    and to_jsonb(new) - 'confirmed_on' = to_jsonb(old) - 'confirmed_on' then return new; end if;
  if (old.status, new.status) not in (('PROPOSED', 'CONSULTED'), ('PROPOSED', 'REFUSED'), ('CONSULTED', 'CONSULTED'),
      ('CONSULTED', 'REFUSED'), ('CONSULTED', 'ADOPTED'), ('ADOPTED', 'RETIRED'))
      -- A refused proposal whose words are withdrawn.
      and not (old.status = 'REFUSED' and new.status = 'REFUSED' and old.withdrawn_on is null and new.withdrawn_on is not null)
    or (old.status = 'CONSULTED' and new.status = 'CONSULTED' and (old.asked_again or not consultation_is_undecided(old.id)))
    or (new.withdrawn_on is distinct from old.withdrawn_on and new.status <> 'REFUSED')
  then raise 'an indicator does not go from % to %', old.status, new.status; end if;
  if new.status = 'CONSULTED' then
    new.consulted_from := day_in_paris(now());
    new.consulted_until := consultation_ends_on(new.consulted_from);
    new.asked_again := old.status = 'CONSULTED';
    -- The adviser who asks the teams has read it, unless it is their own.
    if not exists (select from words_author a where a.words_id = new.id and a.worker_id = viewer_worker()) then
      new.confirmed_on := coalesce(new.confirmed_on, day_in_paris(now()));
    end if;
  elsif (new.consulted_from, new.consulted_until, new.asked_again) is distinct from (old.consulted_from, old.consulted_until, old.asked_again) then
    raise 'a consultation keeps its days';
  end if;
  if new.status = 'ADOPTED' then
    if indicator_obstacle(new.id) is not null then raise 'the teams have not agreed to it'; end if;
    -- Two advisers have read it.
    new.confirmed_on := coalesce(new.confirmed_on, day_in_paris(now()));
  end if;
  return new;
end $$;
alter function indicator_steps owner to cosmos_keeper;
create trigger indicator_steps before update on indicator for each row execute function indicator_steps();

-- BEFORE INSERT: an adviser says yes to what the teams have agreed to, and not before. It locks the indicator, so that the teams say nothing
-- else meanwhile.
create function adopted_as_agreed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from indicator i where i.id = new.indicator_id for update;
  if indicator_obstacle(new.indicator_id) is not null then raise 'the teams have not agreed to it'; end if;
  return new;
end $$;
alter function adopted_as_agreed owner to cosmos_keeper;
create trigger adopted_as_agreed before insert on indicator_decision for each row
  when (new.kind = 'ADOPT') execute function adopted_as_agreed();

-- BEFORE INSERT or UPDATE: a member gives an opinion only during the consultation (days of Europe/Paris).
create function opinion_while_asked() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Locks the indicator, so that the consultation does not end meanwhile.
  perform from indicator i where i.id = new.indicator_id and i.status = 'CONSULTED'
    and (now() at time zone 'Europe/Paris')::date between i.consulted_from and i.consulted_until for share;
  if not found then raise 'the teams are not asked now'; end if;
  return new;
end $$;
alter function opinion_while_asked owner to cosmos_keeper;
create trigger opinion_while_asked before insert or update on indicator_speaker for each row execute function opinion_while_asked();
create trigger opinion_while_asked before insert on indicator_voice for each row execute function opinion_while_asked();

-- BEFORE INSERT: sets the name to that of the worker, and to no other.
create function in_ones_own_name() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.name := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.worker_id);
  return new;
end $$;
alter function in_ones_own_name owner to cosmos_keeper;
create trigger in_ones_own_name before insert on indicator_speaker for each row execute function in_ones_own_name();
create trigger in_ones_own_name before insert on activity_report_signature for each row execute function in_ones_own_name();
create trigger in_ones_own_name before insert on indicator_decision for each row execute function in_ones_own_name();

-- BEFORE INSERT: the versions of a voice follow one another.
create function next_word() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.version <> (select coalesce(max(v.version), 0) + 1 from indicator_voice v where v.speaker_id = new.speaker_id)
  then raise 'a version of a voice is left out'; end if;
  return new;
end $$;
alter function next_word owner to cosmos_keeper;
create trigger next_word before insert on indicator_voice for each row execute function next_word();

-- BEFORE INSERT: a measure must have a function `records_of_…` (`src/statistics/measures.ts` describes them). All versions of a code have the
-- same measure, since their figures stand beside each other.
create function counts_what_is_recorded() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.measure is not null and (new.measure !~ '^[A-Z][A-Z0-9_]+$'
    or to_regprocedure('records_of_' || lower(new.measure) || '(timestamptz,timestamptz)') is null)
  then raise 'nothing measures %', new.measure; end if;
  if exists (select from indicator i where i.code = new.code and i.measure <> new.measure)
  then raise 'another version of it counts by another measure'; end if;
  return new;
end $$;
alter function counts_what_is_recorded owner to cosmos_keeper;
create trigger counts_what_is_recorded before insert on indicator for each row execute function counts_what_is_recorded();

-- BEFORE UPDATE: the trial decides whether an adopted indicator is given by district or by county, and the adviser who adopts it does not. If
-- too few workers feed it, no row changes.
create function decided_by_the_trial() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'ADOPTED' and old.status <> 'ADOPTED' then
    new.given_by := indicator_given_by(new.measure);
    if new.given_by is null then return null; end if;
  elsif new.given_by is distinct from old.given_by then
    raise 'where an indicator is given is decided when it is adopted';
  end if;
  return new;
end $$;
alter function decided_by_the_trial owner to cosmos_keeper;
create trigger decided_by_the_trial before update on indicator for each row execute function decided_by_the_trial();

-- At COMMIT, after an adoption, a refusal or a retirement by cosmos_app: one adviser alone does not decide it (`indicator_is_decided`). An
-- indicator may also be retired because a later version of it is adopted. The test runs at COMMIT, when that version is there.
create function two_advisers_decide() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not indicator_is_decided(new.id, (case new.status when 'ADOPTED' then 'ADOPT' when 'REFUSED' then 'REFUSE'
        else 'RETIRE' end)::"IndicatorDecisionKind")
      and not (new.status = 'RETIRED'
        and exists (select from indicator i where i.code = new.code and i.status = 'ADOPTED' and i.version > new.version)) then
    raise 'one adviser alone does not decide this';
  end if;
  return null;
end $$;
alter function two_advisers_decide owner to cosmos_keeper;
create constraint trigger two_advisers_decide after update of status on indicator deferrable initially deferred
  for each row when (current_user = 'cosmos_app' and new.status in ('ADOPTED', 'REFUSED', 'RETIRED')) execute function two_advisers_decide();
