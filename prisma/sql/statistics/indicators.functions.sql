-- What stands in the way of adoption, in the words of the conflict; null if nothing does. A team is heard once two of its members have spoken. Once
-- the time for it is over, a team that was not heard has no opinion: silence is never a yes. More teams are for it than against.
create function indicator_obstacle(p_indicator uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  return (select case
      when i.consulted_until >= (now() at time zone 'Europe/Paris')::date and exists (select from district d
        where d.switched_on_on is not null and not exists (select from indicator_opinions(array[i.id]) o
          where o.district_id = d.id and o.position <> 'NO_OPINION')) then 'TEAMS_TO_BE_HEARD'
      when (select count(*) filter (where o.position = 'FOR') <= count(*) filter (where o.position = 'AGAINST')
        from indicator_opinions(array[i.id]) o) then 'NOT_AGREED'
      end from indicator i where i.id = p_indicator);
alter function indicator_obstacle owner to cosmos_keeper;
grant execute on function indicator_obstacle to cosmos_app;

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
grant execute on function indicator_opinions to cosmos_app, cosmos_keeper;

-- In which districts the viewer speaks as one of the team: not its head, nor who publishes, whatever other role they hold.
create function viewer_teams() returns uuid[]
  language plpgsql stable as $$ begin
    if not viewer_has_scope('statistics:write') or viewer_has_role('TECHNICAL_ADVISER') then return '{}'; end if;
    return array(select unnest(viewer_districts('social_worker')) except select unnest(viewer_districts('district_head')));
  end $$;
grant execute on function viewer_teams to public;

create function viewer_reads_drafts() returns boolean
  language plpgsql stable as $$ begin return viewer_reads_statistics() and not viewer_is_reporting_client(); end $$;
grant execute on function viewer_reads_drafts to public;

-- The trial: the three whole months before this one. A territory is fed by enough if three workers feed it, and none of them four fifths; or if
-- half of it and five units at least are nobody's in particular, and three workers are there.
-- DISTRICT where every district that was there for the whole trial is fed by enough; COUNTY where one is not, or where nothing is recorded
-- yet. Null where the county as a whole is fed by too few: its figure would be that of one worker.
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

-- Two advisers have said it; or one, of a refusal, and the teams were asked and have not agreed.
create function indicator_is_decided(p_indicator uuid, p_kind "IndicatorDecisionKind") returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) >= 2
      or (count(*) = 1 and p_kind = 'REFUSE' and exists (select from indicator i where i.id = p_indicator
        and i.consulted_from is not null and indicator_obstacle(i.id) = 'NOT_AGREED'))
    from indicator_decision d where d.indicator_id = p_indicator and d.kind = p_kind);
alter function indicator_is_decided owner to cosmos_keeper;
grant execute on function indicator_is_decided to cosmos_app;
