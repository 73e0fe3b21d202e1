#!/usr/bin/env bash
# Makes the random passwords and keys that compose.yml hands to the containers, each a file in docker/secrets/. What is
# there already is kept: a new ecomart_secret would make the stored phone numbers unreadable.
set -euo pipefail

cd "$(dirname "$0")"
# Compose mounts each file with the mode it has here, and the containers run under other accounts: the files are open,
# and the closed directory keeps everybody else on this machine out.
mkdir -p secrets
chmod 0700 secrets

# 32 random bytes in hex, so that it needs no escaping in a URL.
random_hex() { od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n'; }
# 32 random bytes in base64url without padding: 43 characters.
random_base64url() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }

# make NAME VALUE: writes the file unless it exists.
make() {
  if [[ -s "secrets/$1" ]]; then
    echo "kept   secrets/$1"
    return
  fi
  printf '%s' "$2" >"secrets/$1"
  chmod 0644 "secrets/$1"
  echo "made   secrets/$1"
}

make postgres_password "$(random_hex)"
make database_url "postgresql://ecomart_owner:$(cat secrets/postgres_password)@postgres:5432/ecomart"
make database_app_url "postgresql://ecomart_app:$(random_hex)@postgres:5432/ecomart"
make ecomart_secret "$(random_base64url)"
make ecomart_metrics_token "$(random_base64url)"
