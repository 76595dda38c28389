-- Makes the persons of a referral known to the worker who receives it, at most until 30 days after the referral is closed. It ends earlier
-- when the case that was opened for them has a worker: then the case makes them known. Only functions of cosmos_keeper may call it.
create function referral_person_makes_known(p_referral uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(rp.id, rp.person_id, case when c.id is null or c.opener_id is not null then r.to_worker_id end,
    r.to_district_id, coalesce(r.closed_at + interval '30 days', 'infinity'), true)
    from referral_person rp join referral r on r.id = rp.referral_id left join "case" c on c.id = rp.opened_case_id
    where r.id = p_referral;
end $$;
alter function referral_person_makes_known owner to cosmos_keeper;

-- Returns the names of the persons of these referrals to a head who must allocate them, and nothing else, while no worker has the referral.
-- cosmos_app may call it.
create function names_to_allocate(p_referrals uuid[])
  returns table (referral_id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, p.given_name, p.family_name, p.chosen_name from referral r
    join referral_person rp on rp.referral_id = r.id join person p on p.id = rp.person_id
  where r.id = any (p_referrals) and r.to_district_id = any (viewer_districts('district_head'))
    and r.to_worker_id is null and (r.closed_at is null or r.status = 'ACCEPTED') and viewer_has_scope('cases:read')
  order by p.id;
end;
alter function names_to_allocate owner to cosmos_keeper;
grant execute on function names_to_allocate to cosmos_app;

-- Returns the persons of referrals that the viewer accepted in this district in the last 30 days, if no case was opened for them by it.
-- cosmos_app may call it.
create function accepted_persons(p_district uuid, p_ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select rp.person_id from referral_person rp join referral r on r.id = rp.referral_id
  where rp.person_id = any (p_ids) and rp.opened_case_id is null and r.status = 'ACCEPTED'
    and r.closed_at > now() - interval '30 days' and r.to_worker_id = viewer_worker() and r.to_district_id = p_district
    and p_district = any (viewer_districts('social_worker'));
end;
alter function accepted_persons owner to cosmos_keeper;
grant execute on function accepted_persons to cosmos_app;
