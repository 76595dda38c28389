-- ---- idempotency_key -----------------------------------------------------------------------------------------------
alter table idempotency_key add constraint idempotency_key_length check (length(key) between 1 and 128);
