#!/bin/sh
# Counts facts into totals that a trigger keeps, submission by submission, in a
# PostgreSQL of its own.
#
# usage: postgres.sh FACTS.csv FACTS_OF_ONE
# Writes: seconds, then the totals as agency-less lines place|indicator|sum.
set -eu
facts=$1 size=$2
bin=$(pg_config --bindir)
dir=$(mktemp -d)
chmod 755 "$dir"
run() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
trap 'run "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
run "$bin/initdb" -D "$dir/data" -A trust >/dev/null
run "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -c listen_addresses=" start >/dev/null
sql() { run "$bin/psql" -h "$dir" -d postgres -qAtX -v ON_ERROR_STOP=1 "$@"; }
sql <<'SQL'
create table facts (agency text, place text, indicator text, value bigint);
create table totals (place text, indicator text, sum numeric not null, n bigint not null, primary key (place, indicator));
create function count_facts() returns trigger language plpgsql as $$
begin
  insert into totals as t select place, indicator, sum(value), count(*) from arrived group by place, indicator
  on conflict (place, indicator) do update set sum = t.sum + excluded.sum, n = t.n + excluded.n;
  return null;
end $$;
create trigger counted after insert on facts referencing new table as arrived for each statement execute function count_facts();
SQL
awk -v size="$size" 'NR % size == 1 { if (NR > 1) print "\\."; print "copy facts from stdin with (format csv);" } { print } END { print "\\." }' "$facts" > "$dir/load.sql"
chmod 644 "$dir/load.sql"
begun=$(date +%s.%N)
sql -f "$dir/load.sql" >/dev/null
date +%s.%N | awk -v begun="$begun" '{ printf "%.6f\n", $1 - begun }'
sql -F '|' -c 'select place, indicator, sum from totals'
