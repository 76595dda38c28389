#!/bin/sh
# Run once by the postgres image, as its superuser, in the new and empty database: makes the roles of prisma/roles.sql.
# The passwords go through a pipe into psql's variables, not through its arguments, which `ps` would show.
set -eu

for name in COSMOS_OWNER_PASSWORD COSMOS_APP_PASSWORD COSMOS_JOBS_PASSWORD; do
  eval "value=\${$name:-}"
  if [ -z "$value" ]; then
    echo "docker-init: $name is not set" >&2
    exit 1
  fi
done

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv owner_password COSMOS_OWNER_PASSWORD
\getenv app_password COSMOS_APP_PASSWORD
\getenv jobs_password COSMOS_JOBS_PASSWORD
\i /etc/cosmos/roles.sql
SQL
