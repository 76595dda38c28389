-- Options of a team: a way of receiving people that a team may take up for a quarter of a year. More than half of the team must be for it. The
-- votes are secret, and are deleted when they are counted.

-- The members of a team at an instant: its social workers and its receptionists, without those who head it. Only functions of cosmos_keeper
-- may call it.
create function members_of_team(p_district uuid, p_at timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select m.worker_id from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
  where m.district_id = p_district and m.starts_at <= p_at and (m.ends_at is null or m.ends_at > p_at)
  group by m.worker_id
  having bool_or(m.role in ('SOCIAL_WORKER', 'RECEPTIONIST')) and not bool_or(m.role = 'DISTRICT_HEAD');
end;
alter function members_of_team owner to cosmos_keeper;

-- The fewest members that vote: of four, one member who is alone against an option knows what each of the others voted. Every role may call it.
create function fewest_voters() returns integer language sql immutable return 5;
grant execute on function fewest_voters to public;

-- Whether a team is large enough to vote, now. cosmos_app may call it: who works in a district is no secret.
create function team_can_vote(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) >= fewest_voters() from members_of_team(p_district, now()) m);
alter function team_can_vote owner to cosmos_keeper;
grant execute on function team_can_vote to cosmos_app;

-- The districts in which the viewer votes, with a token that may read and write appointments. Every role may call it.
create function viewer_votes_in() returns uuid[]
  language plpgsql stable as $$ begin
    if not viewer_has_scope('appointments:read') or not viewer_has_scope('appointments:write') then return '{}'; end if;
    return array(select unnest(viewer_districts('social_worker') || viewer_districts('receptionist'))
      except select unnest(viewer_districts('district_head')));
  end $$;
grant execute on function viewer_votes_in to public;

-- Whether a team has an option on a day (Europe/Paris). It is no secret: all colleagues of the district read it. cosmos_app may
-- call it.
create function option_in_force(p_district uuid, p_kind "TeamOptionKind", p_day date) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from team_option o where o.district_id = p_district and o.kind = p_kind and o.status = 'ADOPTED'
    and o.starts_on <= p_day and o.ends_on > p_day);
alter function option_in_force owner to cosmos_keeper;
grant execute on function option_in_force to cosmos_app;

-- Whether a district holds appointments of a type on a day (Europe/Paris): the type needs no option, or the team has it. cosmos_app may call it.
create function holds_type(p_district uuid, p_type text, p_day date) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select t.option is null or option_in_force(p_district, t.option, p_day) from appointment_type t where t.code = p_type);
alter function holds_type owner to cosmos_keeper;
grant execute on function holds_type to cosmos_app;

-- Whether a worker has opened hours of a district for a type between two instants, all of the time. It answers a viewer of the district.
-- cosmos_app may call it.
create function opens_hours_for(p_worker uuid, p_district uuid, p_type text, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from availability_occurrence o join availability_type t on t.availability_id = o.availability_id and t.type_code = p_type
    where p_district = any (viewer_districts('any')) and o.worker_id = p_worker and o.district_id = p_district and not o.closed
      and o.starts_at <= p_from and o.starts_at > p_from - interval '12 hours' and o.ends_at >= p_until);
alter function opens_hours_for owner to cosmos_keeper;
grant execute on function opens_hours_for to cosmos_app;

-- Whether the viewer may vote on an option now: until the last day of the vote. cosmos_app may call it.
create function viewer_may_vote(p_option uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from team_option o where o.id = p_option and o.district_id = any (viewer_votes_in())
    and o.status = 'PROPOSED' and o.voted_until >= day_in_paris(now()));
alter function viewer_may_vote owner to cosmos_keeper;
grant execute on function viewer_may_vote to cosmos_app;

-- Counts the next vote that is over, and deletes it: only the result is kept. An option is adopted if more than half of those who were members on
-- the morning of the last day are for it, if they are enough to vote, and if the team has the option on none of its days yet. Returns whether
-- there was one. cosmos_jobs may call it.
create function count_team_vote() returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_option team_option%rowtype;
  v_members bigint;
  v_for bigint;
begin
  perform only_jobs();
  select o.* into v_option from team_option o where o.status = 'PROPOSED' and o.voted_until < day_in_paris(now())
    order by o.proposed_on, o.id limit 1 for update;
  if not found then return false; end if;
  select count(*), count(*) filter (where v.in_favour) into v_members, v_for
  from members_of_team(v_option.district_id, v_option.voted_until::timestamp at time zone 'Europe/Paris') m
  left join team_vote v on v.option_id = v_option.id and v.worker_id = m;
  update team_option o set proposed_by_id = null, status = case
      when v_members >= fewest_voters() and 2 * v_for > v_members and not exists (select from team_option b
        where b.district_id = o.district_id and b.kind = o.kind and b.status = 'ADOPTED'
          and daterange(b.starts_on, b.ends_on) && daterange(o.starts_on, o.ends_on))
      then 'ADOPTED' else 'REJECTED' end::"TeamOptionStatus"
    where o.id = v_option.id;
  delete from team_vote where option_id = v_option.id;
  return true;
end $$;
alter function count_team_vote owner to cosmos_keeper;
grant execute on function count_team_vote to cosmos_jobs;

-- When people can come to a district without an appointment, in the next four weeks, without the worker; 100 at most. An hour in which the only
-- worker is away is not among them, so that nobody comes in vain. cosmos_app may call it.
create function walk_in_hours(p_district uuid) returns table (starts_at timestamptz, ends_at timestamptz, place text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select lower(h.hours), upper(h.hours), g.place
  from (
    select f.place, range_agg(tstzrange(f.starts_at, f.ends_at)) as hours
    from free_time f join appointment_type t on t.code = f.type_code
    where t.option = 'WALK_IN_HOUR' and f.district_id = p_district
      and f.starts_at > now() - interval '12 hours' and f.starts_at < now() + interval '28 days'
    group by f.place) g
  cross join lateral unnest(g.hours) h (hours)
  where upper(h.hours) > now() order by 1, 3 limit 100;
end;
alter function walk_in_hours owner to cosmos_keeper;
grant execute on function walk_in_hours to cosmos_app;
