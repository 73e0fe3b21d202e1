#!/usr/bin/env bash
# Backups of the shop's database.
#
#   backup.sh nightly   runs for ever: a dump at 02:10 in China, at once if the last one was missed
#   backup.sh once      one dump now
#   backup.sh check     fails unless the last good dump is younger than 26 hours; for the health check
#
# A dump gets its name ecomart-<time>.dump only when it is complete, on the disk and readable to its last byte; those of
# 35 days are kept. To restore one into an empty database:
#   pg_restore --exit-on-error --no-owner --dbname=ecomart ecomart-….dump
# and then run the migrations, which make the application role and its rights.
#
# A nightly dump alone may lose a day of points, and it is on the same machine as what it protects: copy the volume
# elsewhere, encrypted, and add WAL archiving where a day is too much.
set -euo pipefail
umask 077

readonly dir=${BACKUP_DIR:-/backups}
readonly keep_days=35
# Seconds after midnight in China (UTC+8, no summer time): 02:10.
readonly due_at=$((2 * 3600 + 10 * 60))
readonly china=$((8 * 3600))
readonly stale_after=$((26 * 3600))
# Seconds between two looks at the clock, and before a failed dump is tried again.
readonly look_every=30
readonly retry_after=900

say() { echo "$(TZ=CST-8 date '+%Y-%m-%dT%H:%M:%S+08:00') backup: $*"; }

# When the last good dump was finished, in seconds since 1970; 0 if there is none.
last_good() {
  local newest
  newest=$(find "$dir" -maxdepth 1 -name 'ecomart-*.dump' -printf '%T@\n' | sort -n | tail -n 1)
  newest=${newest%%.*}
  echo "${newest:-0}"
}

# The latest 02:10 that has passed, in seconds since 1970.
last_due() {
  local now
  now=$(date +%s)
  echo $((now - (now + china - due_at) % 86400))
}

dump() {
  local draft="$dir/.draft.dump" final
  final="$dir/ecomart-$(TZ=CST-8 date '+%Y%m%dT%H%M%S').dump"
  if [[ -n ${PGPASSWORD_FILE:-} ]]; then
    PGPASSWORD=$(<"$PGPASSWORD_FILE")
    export PGPASSWORD
  fi
  # The table of contents is read back and then every row, since a table of contents alone survives a cut-off file.
  if pg_dump --no-password --format=custom --file="$draft" \
    && pg_restore --list "$draft" >/dev/null \
    && pg_restore --file=/dev/null "$draft" \
    && sync "$draft" \
    && mv "$draft" "$final" \
    && sync "$dir"; then
    say "wrote $final, $(stat -c %s "$final") bytes"
    # Only now, so that a database that can no longer be dumped never takes the old dumps with it.
    find "$dir" -maxdepth 1 -name 'ecomart-*.dump' -mmin +$((keep_days * 24 * 60)) -print -delete
  else
    rm -f "$draft"
    say "FAILED"
    return 1
  fi
}

# Sleeps in the background, so that a stop is obeyed at once.
pause() {
  sleep "$1" &
  wait $!
}

case ${1:-} in
  nightly)
    trap 'exit 0' TERM INT
    say "every day at 02:10 (UTC+8) into $dir, kept for $keep_days days"
    while true; do
      if (($(last_good) >= $(last_due))); then
        pause "$look_every"
      elif ! dump; then
        pause "$retry_after"
      fi
    done
    ;;
  once) dump ;;
  check)
    good=$(last_good)
    age=$(($(date +%s) - good))
    if ((good == 0)); then
      say "there is no good dump yet"
      exit 1
    elif ((age > stale_after)); then
      say "the last good dump is $((age / 3600)) hours old"
      exit 1
    fi
    ;;
  *)
    echo "usage: backup.sh nightly | once | check" >&2
    exit 64
    ;;
esac
