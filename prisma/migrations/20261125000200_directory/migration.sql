-- Who works in a district today is for those who work with it from another one: to them, none would look like nobody.
-- What has ended, what is to come and the county's posts stay with whom membership_read lets see them. In PL/pgSQL, and
-- read once per statement: see 20261125000000_cheap_policies.
create function viewer_knows_every_team() returns boolean
  language plpgsql stable parallel safe
  as $$ begin
    return coalesce(viewer_setting('client_reads_directory') = 'yes', false)
      or (viewer_has_scope('directory:read') and (
        viewer_districts('receptionist') <> '{}' or viewer_districts('social_worker') <> '{}'
        or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
        or viewer_has_role('ADMINISTRATOR')));
  end $$;

create policy membership_team on membership for select to cosmos_app using (
  district_id is not null and starts_at <= now() and (ends_at is null or ends_at > now())
  and (select viewer_knows_every_team()));
