set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy person_read on person;
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- A desk reads the persons of its district, and those whose contact was opened at an appointment in its district. It reads no sensitive
  -- file (a colleague, a neighbour), and no person with "confirm nothing".
  or (not sensitive_file and not confirm_nothing and district_id = any ((select viewer_districts('receptionist'))::uuid[]))
  -- The cases come before the appointments: for a worker's page nothing else is looked up.
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or cp.district_id = any ((select viewer_districts('district_head'))::uuid[])
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or (not sensitive_file and not confirm_nothing and exists (select from appointment_person ap where ap.person_id = person.id
    and ap.contact_said and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[])))
  or exists (select from appointment_person ap where ap.person_id = person.id
    and (select viewer_worker()) = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now()
    and ap.district_id = any ((select viewer_districts('any'))::uuid[]))
  or exists (select from person_known k where k.person_id = person.id and k.worker_id = (select viewer_worker())
    and k.contact and k.known_until > now() and k.district_id = any ((select viewer_districts('any'))::uuid[])));
