#!/usr/bin/env bash
# Log in with curl
#
# Trades e-mail and password for a token, then asks which practices the login may see. Every data request needs three
# headers: the token, the Secretkey and the version. Nothing secret is printed, or put where a list of processes shows
# it.
set -euo pipefail

URL=${HEALTHJUMP_URL:-http://127.0.0.1:8420}
URL=${URL%/}
EMAIL=${HEALTHJUMP_EMAIL:-developer@healthjump-kit.test} # these three are the mock's fake login
PASSWORD=${HEALTHJUMP_PASSWORD:-fake-password-for-tests-only}
SECRET_KEY=${HEALTHJUMP_SECRET_KEY:-fake0secret0key0of0healthjump0kit0000000}
PRACTICE=${HEALTHJUMP_PRACTICE:-SBOX02}

# One request. Sets STATUS and BODY; stops the script if there is no answer at all.
ask() {
  local answer
  answer=$(curl --silent --show-error --max-time 30 --write-out '\n%{http_code}' "$@") || {
    echo "no answer from $URL" >&2
    exit 1
  }
  STATUS=${answer##*$'\n'} BODY=${answer%$'\n'*}
}

# The text under a key of a flat JSON object; `jq -r .token` does the same if you have jq.
text_of() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" <<<"$BODY"; }

# `name@<(...)` hands curl a value through a pipe and not through its arguments.
log_in() {
  ask "$URL/authenticate" --data-urlencode "email@"<(printf %s "$EMAIL") --data-urlencode "password@"<(printf %s "$1")
}

log_in "not-$PASSWORD"
echo "a wrong password: $STATUS $(text_of error)"

log_in "$PASSWORD"
TOKEN=$(text_of token)
if [ "$STATUS" != 200 ] || [ -z "$TOKEN" ]; then
  echo "the login was refused: $STATUS $(text_of error)" >&2
  exit 1
fi
IFS=. read -r -a parts <<<"$TOKEN"
echo "the right one: $STATUS, a token of ${#parts[@]} parts"

ask "$URL/hjdw/$PRACTICE/client_ids" --header "Version: 3.0" \
  --header @<(printf 'Authorization: Bearer %s\nSecretkey: %s\n' "$TOKEN" "$SECRET_KEY")
if [ "$STATUS" != 200 ]; then
  echo "the practices were refused: $STATUS $(text_of error)" >&2
  exit 1
fi
echo "practices this login may see:"
grep -o '"client_id": *"[^"]*"' <<<"$BODY" | cut -d'"' -f4 | sed 's/^/  /'
