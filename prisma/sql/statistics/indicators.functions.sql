-- The last day of a consultation that begins on this day: six weeks, the first day included. The days of July and August do not count, since
-- half of a team is away then. Every role may call it.
create function consultation_ends_on(p_from date) returns date
  language sql immutable
  return (select p_from + n from generate_series(0, 120) n where extract(month from p_from + n) not in (7, 8) order by n offset 41 limit 1);
grant execute on function consultation_ends_on to public, cosmos_app;

-- Why an indicator cannot be adopted, or null if the teams have agreed to it. A team is heard when two of its members have spoken. Only the
-- teams of districts in service count.
-- TEAMS_TO_BE_HEARD: the consultation goes on, and some teams are not heard. TOO_FEW_HEARD: it is over, and fewer than half of the teams are
-- heard. NOT_AGREED: more teams are against it than for it. TIED: as many. A team that is not heard is on no side. cosmos_app may call it.
create function indicator_obstacle(p_indicator uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  return (select case
      when said.heard < said.teams and i.consulted_until >= day_in_paris(now()) then 'TEAMS_TO_BE_HEARD'
      when said.heard * 2 < said.teams then 'TOO_FEW_HEARD'
      when said.teams_for < said.teams_against then 'NOT_AGREED'
      when said.teams_for = said.teams_against then 'TIED' end
    from indicator i cross join lateral (
      select count(*) as teams, count(*) filter (where o.position <> 'NO_OPINION') as heard,
        count(*) filter (where o.position = 'FOR') as teams_for, count(*) filter (where o.position = 'AGAINST') as teams_against
      from district d left join indicator_opinions(array[i.id]) o on o.district_id = d.id
      where d.switched_on_on <= day_in_paris(now())) said
    where i.id = p_indicator);
alter function indicator_obstacle owner to cosmos_keeper;
grant execute on function indicator_obstacle to cosmos_app;

-- Whether a consultation is over and has decided nothing: too few teams were heard, or as many were for the indicator as against it.
-- cosmos_app may call it.
create function consultation_is_undecided(p_indicator uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from indicator i where i.id = p_indicator and i.status = 'CONSULTED' and i.consulted_until < day_in_paris(now())
    and indicator_obstacle(i.id) in ('TIED', 'TOO_FEW_HEARD'));
alter function consultation_is_undecided owner to cosmos_keeper;
grant execute on function consultation_is_undecided to cosmos_app;

-- Refuses the indicators about which the teams were asked twice, and that decided nothing the second time either. Returns how many. The jobs
-- call it.
create function end_undecided_consultations() returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_done integer;
begin
  perform only_jobs();
  update indicator set status = 'REFUSED', refusal = 'NOT_AGREED',
      refusal_text = 'Les équipes ont été consultées deux fois. Trop peu d’entre elles ont répondu, ou autant étaient pour que contre.'
    where status = 'CONSULTED' and asked_again and consultation_is_undecided(id);
  get diagnostics v_done = row_count;
  return v_done;
end $$;
alter function end_undecided_consultations owner to cosmos_keeper;
grant execute on function end_undecided_consultations to cosmos_jobs;

-- Returns the opinion of each team on each indicator, from the last voice of each member, read by the viewer or not. One voice is not yet the
-- opinion of a team. A reservation counts for neither side. cosmos_app may call it.
create function indicator_opinions(p_indicators uuid[]) returns table (indicator_id uuid, district_id uuid, votes_for integer,
    votes_against integer, reservations integer, "position" text)
  language sql stable security definer set search_path = public, pg_temp
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
alter function indicator_opinions owner to cosmos_keeper;
grant execute on function indicator_opinions to cosmos_app;

-- The districts where the viewer speaks as a member of the team. A head does not speak in their district, and a technical adviser, who
-- publishes, speaks in none. Every role may call it.
create function viewer_teams() returns uuid[]
  language plpgsql stable as $$ begin
    if not viewer_has_scope('statistics:write') or viewer_has_role('TECHNICAL_ADVISER') then return '{}'; end if;
    return array(select unnest(viewer_posts('social_worker')) except select unnest(viewer_posts('district_head')));
  end $$;
grant execute on function viewer_teams to public;

-- Whether the viewer reads drafts of reports: a viewer who reads protected statistics, but not a reporting client. Every role may call it.
create function viewer_reads_drafts() returns boolean
  language plpgsql stable as $$ begin return viewer_reads_statistics() and not viewer_is_reporting_client(); end $$;
grant execute on function viewer_reads_drafts to public;

-- Decides from a trial whether an indicator is given by district or by county only. The trial is the last three whole months (Europe/Paris).
-- A territory has enough workers if at least three workers feed its figure and each of them feeds less than four fifths. It also has enough
-- if at least half of its units, and at least five, have no worker, and if three workers are there. Returns DISTRICT if every district that
-- was switched on for the whole trial has enough; COUNTY if one has not, or if nothing is recorded yet; null if the county itself has not
-- enough: its figure would be that of one worker. Only functions of cosmos_keeper may call it.
create function indicator_given_by(p_measure text) returns "IndicatorTerritory"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_end date := date_trunc('month', day_in_paris(now()))::date;
  v_from timestamptz := (v_end - interval '3 months')::timestamp at time zone 'Europe/Paris';
  v_until timestamptz := v_end::timestamp at time zone 'Europe/Paris';
  v_given "IndicatorTerritory";
begin
  if p_measure !~ '^[A-Z][A-Z0-9_]+$' or to_regprocedure('records_of_' || lower(p_measure) || '(timestamptz,timestamptz)') is null then raise 'nothing measures %', p_measure; end if;
  execute format($trial$
    with record as materialized (select distinct r.unit_id, r.district_id, r.worker_id from records_of_%s($1, $2) r),
    team as (select m.district_id, count(distinct m.worker_id) as workers from membership m
      where m.role in ('SOCIAL_WORKER', 'RECEPTIONIST') and m.starts_at < $2 and (m.ends_at is null or m.ends_at > $1)
      group by grouping sets ((m.district_id), ())),
    counted as (select r.district_id, count(distinct r.unit_id) as units,
        count(distinct r.unit_id) filter (where r.worker_id is null) as of_nobody
      from record r group by grouping sets ((r.district_id), ())),
    feeder as (select r.district_id, r.worker_id, count(distinct r.unit_id) as units from record r where r.worker_id is not null
      group by grouping sets ((r.district_id, r.worker_id), (r.worker_id))),
    fed as (select c.district_id, c.units, (f.workers >= 3 and f.most < c.units * 0.8)
        or (c.of_nobody >= greatest(5, c.units * 0.5)
          and 3 <= (select t.workers from team t where t.district_id is not distinct from c.district_id)) as enough
      from counted c cross join lateral (select count(*) as workers, coalesce(max(f.units), 0) as most from feeder f
        where f.district_id is not distinct from c.district_id) f)
    select case
      when county.units > 0 and county.enough is not true then null
      when exists (select from district d where d.switched_on_on <= day_in_paris($1))
        and not exists (select from district d where d.switched_on_on <= day_in_paris($1)
          and not exists (select from fed f where f.district_id = d.id and f.enough)) then 'DISTRICT'
      else 'COUNTY' end::"IndicatorTerritory"
    from fed county where county.district_id is null
  $trial$, lower(p_measure)) into v_given using v_from, v_until;
  return v_given;
end $$;
alter function indicator_given_by owner to cosmos_keeper;

-- Whether an adoption, a refusal or a retirement is decided: two technical advisers have said it, or one has said a refusal after a
-- consultation in which more teams were against than for. cosmos_app may call it.
create function indicator_is_decided(p_indicator uuid, p_kind "IndicatorDecisionKind") returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) >= 2
      or (count(*) = 1 and p_kind = 'REFUSE' and exists (select from indicator i where i.id = p_indicator
        and i.consulted_from is not null and indicator_obstacle(i.id) = 'NOT_AGREED'))
    from indicator_decision d where d.indicator_id = p_indicator and d.kind = p_kind);
alter function indicator_is_decided owner to cosmos_keeper;
grant execute on function indicator_is_decided to cosmos_app;
