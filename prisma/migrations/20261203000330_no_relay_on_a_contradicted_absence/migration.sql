-- A contradiction ends no relay that is open. It lets none be opened: a stand-in reads what is confidential of an address.
create or replace function relay_has_its_absence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if new.ends_at > old.ends_at then raise 'a relay only ends' using errcode = 'insufficient_privilege'; end if;
    return new;
  end if;
  -- Whoever does not head the district is refused by the policy, and learns of no absence.
  if new.district_id <> all (viewer_districts('district_head')) then return new; end if;
  perform from absence a where a.worker_id = new.absent_worker_id and a.district_id = new.district_id and a.contradicted_at is null
    and tstzrange(a.starts_at, a.ends_at) @> tstzrange(new.starts_at, new.ends_at) for share;
  if not found then raise 'no absence' using errcode = 'check_violation'; end if;
  return new;
end $$;
