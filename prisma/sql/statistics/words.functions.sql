-- The words that stand in the place of words that were withdrawn on this day. Every role may call it.
create function withdrawn_words(p_on date) returns text
  language sql immutable
  return 'retiré le ' || case extract(day from p_on) when 1 then '1er' else extract(day from p_on)::text end || ' '
    || (array['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre',
      'décembre'])[extract(month from p_on)::integer] || ' ' || extract(year from p_on)::text;
grant execute on function withdrawn_words to public, cosmos_app;

-- Whether this is the last statement of a speaker, also where the viewer does not read it. cosmos_app may call it.
create function is_last_voice(p_speaker uuid, p_version integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from indicator_voice v where v.speaker_id = p_speaker and v.version > p_version);
alter function is_last_voice owner to cosmos_keeper;
grant execute on function is_last_voice to cosmos_app;

-- Says that the viewer has read words of a team that somebody else wrote: a PROPOSAL or an OBSERVATION by its id, a VOICE by its speaker and
-- version. From then on everyone reads them, and who wrote them is forgotten. Returns why not, or null once it is done: NOT_FOUND; FORBIDDEN
-- to whoever is neither a member of that team nor a technical adviser; OWN to the author; STATE_CHANGED if it is said already, or there are
-- no words. cosmos_app may call it.
create function confirm_words(p_of text, p_id uuid, p_version integer) returns text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_district uuid;
  v_author uuid;
  v_waits boolean;
begin
  if p_of = 'PROPOSAL' then
    select i.proposed_in_id, i.confirmed_on is null into v_district, v_waits from indicator i where i.id = p_id for update;
  elsif p_of = 'OBSERVATION' then
    select o.district_id, o.confirmed_on is null into v_district, v_waits from indicator_observation o where o.id = p_id for update;
  elsif p_of = 'VOICE' then
    select v.district_id, v.confirmed_on is null and v.words is not null into v_district, v_waits from indicator_voice v
      where v.speaker_id = p_id and v.version = p_version for update;
  end if;
  if v_waits is null then return 'NOT_FOUND'; end if;
  if not viewer_confirms_words(v_district) then return 'FORBIDDEN'; end if;
  select a.worker_id into v_author from (select w.worker_id from words_author w where w.words_id = p_id
    union all select s.worker_id from indicator_speaker s where s.id = p_id) a;
  if v_author = viewer_worker() then return 'OWN'; end if;
  if not v_waits then return 'STATE_CHANGED'; end if;
  -- Of words from before authors were kept, any member may be the author.
  if v_author is null and not viewer_has_role('TECHNICAL_ADVISER') then return 'FORBIDDEN'; end if;
  if p_of = 'PROPOSAL' then update indicator set confirmed_on = day_in_paris(now()) where id = p_id;
  elsif p_of = 'OBSERVATION' then update indicator_observation set confirmed_on = day_in_paris(now()) where id = p_id;
  else update indicator_voice set confirmed_on = day_in_paris(now()) where speaker_id = p_id and version = p_version;
  end if;
  return null;
end $$;
alter function confirm_words owner to cosmos_keeper;
grant execute on function confirm_words to cosmos_app;

-- Whether the viewer may say that they have read words of this district's team (of the county where it is null): a member of the team, or a
-- technical adviser. Every role may call it.
create function viewer_confirms_words(p_district uuid) returns boolean
  language sql stable
  return viewer_has_scope('statistics:write')
    and (viewer_has_role('TECHNICAL_ADVISER') or coalesce(p_district = any (viewer_teams()), false));
grant execute on function viewer_confirms_words to public, cosmos_app;

-- Whether the viewer may withdraw words: a technical adviser, or the data protection officer. Every role may call it.
create function viewer_withdraws_words() returns boolean
  language sql stable
  return viewer_has_scope('statistics:write') and (viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER'));
grant execute on function viewer_withdraws_words to public, cosmos_app;

-- Withdraws words of a team: the original leaves the row, and everyone reads on which day it was withdrawn. A proposal that is not decided on
-- is refused with it, and leaves its code. An indicator that was adopted keeps its words: two advisers retire it. A text of a report (a
-- NARRATIVE, by its report and version) may be withdrawn after the publication, too. The team is told. Returns why not, or null once it is
-- done: NOT_FOUND, FORBIDDEN, STATE_CHANGED. cosmos_app may call it.
create function withdraw_words(p_of text, p_id uuid, p_version integer) returns text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_today date := day_in_paris(now());
  v_words text := withdrawn_words(v_today);
  v_district uuid;
  v_done boolean;
begin
  if not viewer_withdraws_words() then return 'FORBIDDEN'; end if;
  if p_of = 'PROPOSAL' then
    select i.proposed_in_id, i.withdrawn_on is not null or i.status in ('ADOPTED', 'RETIRED') into v_district, v_done
      from indicator i where i.id = p_id for update;
  elsif p_of = 'OBSERVATION' then
    select o.district_id, o.withdrawn_on is not null into v_district, v_done from indicator_observation o where o.id = p_id for update;
  elsif p_of = 'VOICE' then
    select v.district_id, v.withdrawn_on is not null or v.words is null into v_district, v_done from indicator_voice v
      where v.speaker_id = p_id and v.version = p_version for update;
  elsif p_of = 'NARRATIVE' then
    select r.district_id, t.body is null into v_district, v_done from activity_report_text t join activity_report r on r.id = t.report_id
      where t.report_id = p_id and t.version = p_version for update of t;
  end if;
  if v_done is null then return 'NOT_FOUND'; end if;
  if v_done then return 'STATE_CHANGED'; end if;
  if p_of = 'PROPOSAL' then
    update indicator set label_fr = v_words, label_en = v_words, definition_fr = v_words, counts_fr = v_words, does_not_count_fr = v_words,
        code = 'RETIRE_' || upper(left(replace(gen_random_uuid()::text, '-', ''), 20)), withdrawn_on = v_today,
        confirmed_on = coalesce(confirmed_on, v_today), status = 'REFUSED', refusal = 'WITHDRAWN', refusal_text = v_words
      where id = p_id;
  elsif p_of = 'OBSERVATION' then
    update indicator_observation set body = v_words, withdrawn_on = v_today, confirmed_on = coalesce(confirmed_on, v_today) where id = p_id;
  elsif p_of = 'NARRATIVE' then
    update activity_report_text set body = null, master_key_id = null, wrapped = null, withdrawn_on = v_today
      where report_id = p_id and version = p_version;
  else
    update indicator_voice set words = v_words, withdrawn_on = v_today, confirmed_on = coalesce(confirmed_on, v_today)
      where speaker_id = p_id and version = p_version;
  end if;
  insert into notification (worker_id, kind) select distinct m.worker_id, 'WORDS_WITHDRAWN'::"NotificationKind" from membership m
    where m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()) and m.worker_id is distinct from viewer_worker()
      and case when v_district is null then m.role = 'TECHNICAL_ADVISER'
        else m.district_id = v_district and m.role in ('SOCIAL_WORKER', 'DISTRICT_HEAD') end;
  return null;
end $$;
alter function withdraw_words owner to cosmos_keeper;
grant execute on function withdraw_words to cosmos_app;

-- Whether a team has as many open proposals as it may have: five. It locks the proposals of the team, so that no other proposal comes in
-- between. cosmos_app may call it.
create function has_all_proposals_open(p_district uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('cosmos:proposing:' || p_district, 0));
  return (select count(*) >= 5 from indicator i
    where i.proposed_in_id = p_district and i.status in ('PROPOSED', 'CONSULTED'));
end $$;
alter function has_all_proposals_open owner to cosmos_keeper;
grant execute on function has_all_proposals_open to cosmos_app;
