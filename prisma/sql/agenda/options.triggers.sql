-- AFTER INSERT: tells the members of the team that they can vote.
create function option_is_proposed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select m, 'OPTION_PROPOSED' from members_of_team(new.district_id, now()) m;
  return null;
end $$;
alter function option_is_proposed owner to cosmos_keeper;
create trigger option_is_proposed after insert on team_option
  for each row when (new.status = 'PROPOSED') execute function option_is_proposed();

-- AFTER a vote is counted: tells the members; and the heads, if the option is adopted.
create function option_is_decided() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select m, 'OPTION_DECIDED' from members_of_team(new.district_id, now()) m;
  if new.status = 'ADOPTED' then perform notify_heads(new.district_id, 'OPTION_DECIDED'); end if;
  return null;
end $$;
alter function option_is_decided owner to cosmos_keeper;
create trigger option_is_decided after update of status on team_option
  for each row execute function option_is_decided();
