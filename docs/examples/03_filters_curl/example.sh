#!/usr/bin/env bash
# Ask for some of the rows
#
# A filter is column=operator~value, for a range column=btwn~low~high, both ends included. Several must all hold. eq,
# btwn and lt were seen in real clients; the others are guesses. The mock refuses a filter it does not understand,
# because one that is silently ignored gives you every row. Do not trust a server to do that: look at the rows.
set -euo pipefail

URL=${HEALTHJUMP_URL:-http://127.0.0.1:8420}
URL=${URL%/}
EMAIL=${HEALTHJUMP_EMAIL:-developer@healthjump-kit.test} # these three are the mock's fake login
PASSWORD=${HEALTHJUMP_PASSWORD:-fake-password-for-tests-only}
SECRET_KEY=${HEALTHJUMP_SECRET_KEY:-fake0secret0key0of0healthjump0kit0000000}
PRACTICE=${HEALTHJUMP_PRACTICE:-SBOX02}

ask() {
  local answer
  answer=$(curl --silent --show-error --max-time 30 --write-out '\n%{http_code}' "$@") || {
    echo "no answer from $URL" >&2
    exit 1
  }
  STATUS=${answer##*$'\n'} BODY=${answer%$'\n'*}
}

ask "$URL/authenticate" --data-urlencode "email@"<(printf %s "$EMAIL") \
  --data-urlencode "password@"<(printf %s "$PASSWORD")
TOKEN=$(sed -n 's/.*"token": *"\([^"]*\)".*/\1/p' <<<"$BODY")
[ -n "$TOKEN" ] || { echo "the login was refused: $STATUS" >&2; exit 1; }

# count ELEMENT [FILTER...]: how many rows match. --get with --data-urlencode writes blanks and colons for a URL.
count() {
  local asked=$* element=$1 filters=() filter
  shift
  for filter in "$@"; do filters+=(--data-urlencode "$filter"); done
  ask --get "$URL/hjdw/$PRACTICE/$element" --header "Version: 3.0" ${filters[@]+"${filters[@]}"} \
    --header @<(printf 'Authorization: Bearer %s\nSecretkey: %s\n' "$TOKEN" "$SECRET_KEY")
  if [ "$STATUS" = 200 ]; then
    printf '%5s  %s\n' "$(sed -n 's/.*"total": *\([0-9]*\).*/\1/p' <<<"$BODY")" "$asked"
  else
    printf '%5s  %s\n       %s\n' "$STATUS" "$asked" "$(sed -n 's/.*"error": *"\([^"]*\)".*/\1/p' <<<"$BODY")"
  fi
}

echo " rows  asked for"
count appointment
count appointment "date=eq~20211115"
count appointment "date=lt~20211115"
count appointment "date=btwn~20220801~20220831" "delete_ind=eq~N"
count appointment "hj_modify_timestamp=btwn~2022-07-01 00:00:00~2022-08-01 00:00:00"
count demographic "first_name=btwn~Patient_A~Patient_C"
count appointment "day=eq~20211115"
count appointment "date=like this~20211115"

count appointment "date=eq~20211115" >/dev/null
strays=$(grep -o '"date": *"[^"]*"' <<<"$BODY" | grep -vc 20211115 || true)
echo "rows of another day under date=eq~20211115: $strays"
