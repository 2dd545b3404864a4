#!/bin/sh
# Asks a server of 'nines serve' whether a change may go out, tells people why, and ends with the exit status of 'nines gate':
# 0 allow, 1 deny, 2 the question makes no sense, 3 unknown, 4 no answer, 5 an approval by name is needed.
#
#   gate.sh SERVICE[/JOURNEY] CHANGE [STAGE]
#
# NINES_GATE is the server's address; NINES_TOKEN the token to show, if it wants one; NINES_APPROVAL who approved, if anybody did.
set -eu

subject=$1
change=$2
stage=${3:-}

set -- --silent --show-error --max-time 20 --retry 3 --retry-connrefused --get \
  --header 'Accept: text/plain' --data-urlencode "change=$change" --data-urlencode 'answer-as=status'
if [ -n "$stage" ]; then set -- "$@" --data-urlencode "stage=$stage"; fi
if [ -n "${NINES_APPROVAL:-}" ]; then set -- "$@" --data-urlencode "approval=$NINES_APPROVAL"; fi

# The token goes through a pipe, since arguments are there for everybody on the machine to see.
header() {
  if [ -n "${NINES_TOKEN:-}" ]; then printf 'header = "Authorization: Bearer %s"\n' "$NINES_TOKEN"; fi
}

answer=$(header | curl "$@" --config - --write-out '\n%{http_code}' "$NINES_GATE/v1/gate/$subject") || {
  echo "the gate at $NINES_GATE does not answer" >&2
  exit 4
}

status=${answer##*
}
printf '%s\n' "${answer%
*}"

case $status in
  200) exit 0 ;;
  409) exit 1 ;;
  400 | 404 | 422) exit 2 ;;
  424) exit 3 ;;
  428) exit 5 ;;
  *) echo "the gate at $NINES_GATE answers with $status" >&2; exit 4 ;;
esac
