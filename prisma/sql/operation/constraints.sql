-- ---- idempotency_key -----------------------------------------------------------------------------------------------
alter table idempotency_key add constraint idempotency_key_length check (length(key) between 1 and 128);

-- ---- login_key -----------------------------------------------------------------------------------------------------
alter table login_key add constraint login_key_padded check (octet_length("inner") = 64 and octet_length("outer") = 64);

-- ---- nomenclature_version ------------------------------------------------------------------------------------------
alter table nomenclature_version add constraint nomenclature_version_single check (single);

-- ---- vault_key_check -----------------------------------------------------------------------------------------------
alter table vault_key_check add constraint vault_key_check_bounded
  check (master_key_id ~ '^[a-z0-9-]{1,32}$' and octet_length(check_value) between 32 and 4096);
