-- Returns since when the API has described who reads what in these words. A new text counts from now. So does an earlier text that comes
-- back: a county that goes back to an earlier release has the full term again. cosmos_app may call it.
create function who_reads_what_since(p_fr text, p_en text) returns timestamptz
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into who_reads_what (said) values (encode(sha256(convert_to(p_fr || p_en, 'UTF8')), 'hex'))
    on conflict (said) do update set since = now() where who_reads_what.since < (select max(last.since) from who_reads_what last);
  select coalesce((select w.since from who_reads_what w where w.said = encode(sha256(convert_to(p_fr || p_en, 'UTF8')), 'hex')), now());
end;
alter function who_reads_what_since owner to cosmos_keeper;
grant execute on function who_reads_what_since to cosmos_app;
