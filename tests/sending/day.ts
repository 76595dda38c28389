type Sql = (text: string) => Promise<unknown>;

/**
 * From here on it is day in this database, or night, whatever the hour: what is sent is not sent by night, and tests are run
 * then too. The clock of Paris is asked by `by_day_in_paris`.
 */
export async function makeIt(time: 'day' | 'night', sql: Sql): Promise<void> {
  await sql(
    `do $$ begin
       if to_regprocedure('by_day_in_paris(timestamptz)') is null then
         alter function by_day(timestamptz) rename to by_day_in_paris;
       end if;
     end $$`,
  );
  const until = time === 'day' ? `date_trunc('milliseconds', p_at)` : `p_at + interval '3 hours'`;
  await sql(
    `create or replace function by_day(p_at timestamptz) returns timestamptz language sql stable return ${until}`,
  );
}
