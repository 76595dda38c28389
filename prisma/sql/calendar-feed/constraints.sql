-- ---- calendar_feed -------------------------------------------------------------------------------------------------
alter table calendar_feed add constraint calendar_feed_of_one check ((worker_id is null) <> (person_id is null));
