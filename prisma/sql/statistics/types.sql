-- One recorded unit that a snapshot counts. The job that makes a snapshot reads these rows into its memory, and no table keeps them.
create type statistics_record as (unit_id uuid, district_id uuid, worker_id uuid, part boolean, categories text[]);
