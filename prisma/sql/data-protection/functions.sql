-- Since when these words are the API's: from now on, unless they are the ones said last. Who goes back to an earlier release has its term again.
create function who_reads_what_since(p_fr text, p_en text) returns timestamptz
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into who_reads_what (said) values (encode(sha256(convert_to(p_fr || p_en, 'UTF8')), 'hex'))
    on conflict (said) do update set since = now() where who_reads_what.since < (select max(last.since) from who_reads_what last);
  select coalesce((select w.since from who_reads_what w where w.said = encode(sha256(convert_to(p_fr || p_en, 'UTF8')), 'hex')), now());
end;
alter function who_reads_what_since owner to cosmos_keeper;
grant execute on function who_reads_what_since to cosmos_app;
