-- References are drawn here, and not by the API: a reference that its caller chooses could be tried until one is taken, which would tell that
-- a hidden row has it.

-- Symbols of Crockford's base32, at most ten: no I, L, O or U, so that a reference survives a telephone and handwriting. Each is five random
-- bits. Every role may call it.
create function draw_symbols(p_count integer) returns text
  language sql volatile parallel safe
  -- The seventh byte of a UUID holds its version (RFC 9562), and the ninth its variant.
  return (select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(u.bytes, n.of) & 31), 1), '')
    from (select uuid_send(gen_random_uuid()) as bytes) u
    cross join (select unnest(array[0, 1, 2, 3, 4, 5, 9, 10, 11, 12]) as of limit p_count) n);
grant execute on function draw_symbols to public;

-- BEFORE INSERT by the API: draws the reference. The arguments are what stands before it, and the sizes of its groups.
create function draws_its_reference() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  new.reference := tg_argv[0] || (select string_agg(draw_symbols(size::integer), '-' order by nth)
    from unnest(tg_argv) with ordinality g(size, nth) where nth > 1);
  return new;
end $$;
alter function draws_its_reference owner to cosmos_keeper;
