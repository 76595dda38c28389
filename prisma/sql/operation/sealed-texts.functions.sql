-- Texts about a person are sealed by the vault before they come here: `body` holds the text, and `wrapped` holds its key, itself sealed under
-- the master key `master_key_id`. Only the processes of the API have master keys.

-- Whether a row has a sealed text, or none. A sealed text has the vault's form (`src/vault/aes-gcm.ts`, `padded-text.ts`): the version, and
-- blocks of 256 bytes beside 29 others. Every role may call it.
create function is_sealed(p_body bytea, p_master_key_id text, p_wrapped bytea) returns boolean
  language sql immutable parallel safe
  return case num_nonnulls(p_body, p_master_key_id, p_wrapped)
    when 0 then true
    when 3 then substr(p_body, 1, 1) = '\x01' and octet_length(p_body) % 256 = 29 and p_master_key_id <> 'unsealed'
    else false end;
grant execute on function is_sealed to public;

-- Texts that were written before texts were sealed, at most p_limit: the table and the row, and the text. The migration that made the columns
-- has left them so. cosmos_jobs may call it.
create function unsealed_texts(p_limit integer, out kept_in text, out id uuid, out version integer, out text text) returns setof record
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  return query select u.kept_in, u.id, u.version, convert_from(u.body, 'UTF8') from (
    select 'appointment_subject' as kept_in, s.appointment_id as id, null::integer as version, s.body from appointment_subject s
      where s.master_key_id = 'unsealed'
    union all select 'referral_content', c.referral_id, null, c.body from referral_content c where c.master_key_id = 'unsealed'
    union all select 'incoming_request_content', c.request_id, null, c.body from incoming_request_content c where c.master_key_id = 'unsealed'
    union all select 'message_text', t.id, null, t.body from message_text t where t.master_key_id = 'unsealed'
    union all select 'danger_statement', d.release_id, null, d.body from danger_statement d where d.master_key_id = 'unsealed'
    union all select 'activity_report_text', t.report_id, t.version, t.body from activity_report_text t where t.master_key_id = 'unsealed') u
    limit p_limit;
end $$;
alter function unsealed_texts owner to cosmos_keeper;
grant execute on function unsealed_texts to cosmos_jobs;

-- Replaces a text that is not sealed by its sealed form. It changes no other row: two commands may seal at the same time. cosmos_jobs may
-- call it.
create function seal_text(p_in text, p_id uuid, p_version integer, p_body bytea, p_master_key_id text, p_wrapped bytea) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  case p_in
    when 'appointment_subject' then
      update appointment_subject set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where appointment_id = p_id and master_key_id = 'unsealed';
    when 'referral_content' then
      update referral_content set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where referral_id = p_id and master_key_id = 'unsealed';
    when 'incoming_request_content' then
      update incoming_request_content set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where request_id = p_id and master_key_id = 'unsealed';
    when 'message_text' then
      update message_text set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where id = p_id and master_key_id = 'unsealed';
    when 'danger_statement' then
      update danger_statement set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where release_id = p_id and master_key_id = 'unsealed';
    when 'activity_report_text' then
      update activity_report_text set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where report_id = p_id and version = p_version and master_key_id = 'unsealed';
  end case;
end $$;
alter function seal_text owner to cosmos_keeper;
grant execute on function seal_text to cosmos_jobs;

-- How many texts are not sealed yet. In production no process starts before it is 0. cosmos_app and cosmos_jobs may call it.
create function count_unsealed_texts() returns integer
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select (select count(*) from appointment_subject where master_key_id = 'unsealed')
    + (select count(*) from referral_content where master_key_id = 'unsealed')
    + (select count(*) from incoming_request_content where master_key_id = 'unsealed')
    + (select count(*) from message_text where master_key_id = 'unsealed')
    + (select count(*) from danger_statement where master_key_id = 'unsealed')
    + (select count(*) from activity_report_text where master_key_id = 'unsealed');
end;
alter function count_unsealed_texts owner to cosmos_keeper;
grant execute on function count_unsealed_texts to cosmos_app, cosmos_jobs;
