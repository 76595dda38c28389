-- ---- dispatch ------------------------------------------------------------------------------------------------------
alter table dispatch add constraint dispatch_of_one check (num_nonnulls(notice_id, offer_id, called_off_id, withdrawn_id) = 1);
alter table dispatch add constraint dispatch_version check ((notice_id is null) = (notice_version is null));
alter table dispatch add constraint dispatch_sent check ((status = 'SENT') = (sent_at is not null));
create index dispatch_due on dispatch (due_at, id) where status in ('DUE', 'SENDING', 'RETRYING');
