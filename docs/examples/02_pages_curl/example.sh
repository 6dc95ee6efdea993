#!/usr/bin/env bash
# Walk all pages with curl
#
# An answer is one page of at most 1000 rows. Follow next_page_url with the same headers until it is null, keep each
# page in a file, and compare what came with the total the API names: a walk that ends early must not look complete.
#
# usage: example.sh [FOLDER]
set -euo pipefail

URL=${HEALTHJUMP_URL:-http://127.0.0.1:8420}
URL=${URL%/}
EMAIL=${HEALTHJUMP_EMAIL:-developer@healthjump-kit.test} # these three are the mock's fake login
PASSWORD=${HEALTHJUMP_PASSWORD:-fake-password-for-tests-only}
SECRET_KEY=${HEALTHJUMP_SECRET_KEY:-fake0secret0key0of0healthjump0kit0000000}
PRACTICE=${HEALTHJUMP_PRACTICE:-CLNC04}
FOLDER=${1:-$(mktemp -d)}

fail() {
  echo "$1" >&2
  exit 1
}

# --fail turns a status of 400 and more into an error of the script.
get() { curl --silent --show-error --fail --max-time 60 "$@"; }

# A number, or the text in quotes, under a key outside of the rows; null gives nothing. `jq -r .total` with jq.
number_of() { sed -n "s/.*\"$1\": *\([0-9][0-9]*\).*/\1/p" "$2"; }
text_of() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$2" | sed 's,\\/,/,g'; }

mkdir -p "$FOLDER"
TOKEN=$(get "$URL/authenticate" --data-urlencode "email@"<(printf %s "$EMAIL") \
  --data-urlencode "password@"<(printf %s "$PASSWORD") | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
[ -n "$TOKEN" ] || fail "the login gave no token"

next=$URL/hjdw/$PRACTICE/appointment
pages=0 rows=0 total=0
while [ -n "$next" ]; do
  # The headers hold secrets, so they go to the server we logged in at and to no other.
  case $next in "$URL"/*) ;; *) fail "the next page is on another server" ;; esac
  pages=$((pages + 1))
  file=$FOLDER/appointment-$pages.json
  get "$next" --output "$file" --header "Version: 3.0" \
    --header @<(printf 'Authorization: Bearer %s\nSecretkey: %s\n' "$TOKEN" "$SECRET_KEY") ||
    fail "page $pages did not come; $rows rows are not all there are"
  here=$(grep -o '"appointmentid"' "$file" | wc -l)
  rows=$((rows + here)) total=$(number_of total "$file")
  [ "${first:=$total}" = "$total" ] || fail "the rows changed while they were read: walk again"
  echo "page $pages: $((here)) rows"
  next=$(text_of next_page_url "$file")
done

[ "$rows" = "$total" ] || fail "$rows rows came, but the API speaks of $total: walk again"
echo "$rows rows on $pages pages, as many as the API said"
