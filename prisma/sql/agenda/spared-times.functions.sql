-- An appointment of 30 minutes in a gap of 45 leaves a rest of 15, in which no appointment of these hours fits. An appointment of 45 would
-- leave none. So a search spares such a time until two working days before. Then it is better to use a part of the gap than nothing. A time is
-- not spared from a person who would wait two weeks longer. Spared is a word for searches, and not a lock: a booking that names the time is taken.

-- The most minutes of a gap that appointments of these lengths fill, one after the other. Only functions of cosmos_keeper may call it.
create function most_filled(p_minutes integer, p_lengths integer[]) returns integer
  language sql immutable
  return (with recursive filled (minutes) as (
      select 0 union select f.minutes + l from filled f cross join unnest(p_lengths) l where f.minutes + l <= p_minutes)
    select max(minutes) from filled);
alter function most_filled owner to cosmos_keeper;

-- The last time of a gap for appointments of p_length minutes, if it is spared; null if it is not. It is spared if the rest is shorter than
-- all of p_lengths, the lengths that these hours take, and appointments of these lengths could fill more of the gap. Each time before the last
-- one leaves room for an appointment of its own length. Only functions of cosmos_keeper may call it.
create function spared_from(p_gap tstzrange, p_length integer, p_lengths integer[]) returns timestamptz
  language plpgsql immutable as $$
declare
  v_minutes integer := floor(extract(epoch from upper(p_gap) - lower(p_gap)) / 60);
  v_rest integer := v_minutes % p_length;
begin
  if v_rest = 0 then return null; end if;
  if v_rest >= (select min(l) from unnest(p_lengths) l) or most_filled(v_minutes, p_lengths) <= v_minutes - v_rest then
    return null;
  end if;
  return lower(p_gap) + make_interval(mins => v_minutes - v_rest - p_length);
end $$;
alter function spared_from owner to cosmos_keeper;

-- Until when a free time is open to everyone. With the spared times that is its end, and without them `spared_from`. A time that is kept for
-- urgent persons is open until its own start: not at all. Every role may call it.
create function open_until(p_free free_time, p_now timestamptz, p_spared_too boolean) returns timestamptz
  language sql immutable
  return case
    when p_free.kept_until > p_now then p_free.starts_at
    when p_free.spared_until > p_now and not p_spared_too then p_free.spared_from
    else p_free.ends_at end;
grant execute on function open_until to public;

-- Until when a search finds spared times, too: two weeks before the first other time (p_other), or to the end of the search if there is none.
-- Every role may call it.
create function spared_until_other(p_other timestamptz, p_until timestamptz) returns timestamptz
  language sql immutable return least(p_until, p_other - interval '14 days');
grant execute on function spared_until_other to public;

-- Whether a time of a worker is spared from the person of a request: they have another appointment already, and it is not urgent. Only functions
-- of cosmos_keeper may call it.
create function is_spared_from(p_request appointment_request, p_worker uuid, p_starts_at timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return not spared_too(p_request) and exists (select from free_time f where f.worker_id = p_worker
      and f.type_code = p_request.type_code and f.starts_at > p_starts_at - interval '12 hours' and f.spared_from = p_starts_at
      and f.spared_until > now());
  end $$;
alter function is_spared_from owner to cosmos_keeper;

-- Whether a request may have spared times at once. Only functions of cosmos_keeper may call it.
create function spared_too(p_request appointment_request) returns boolean
  language sql immutable return p_request.urgency <> 'ORDINARY' or p_request.appointment_id is null;
alter function spared_too owner to cosmos_keeper;
