#!/usr/bin/env bash
# A team's day with Steward over REST: see README.md. Needs bash, curl and node.
# Ends with 0 when every answer was what this script says, and takes away what it has made in any case.
set -euo pipefail

url=${STEWARD_URL:-http://127.0.0.1:8787}
elsewhere=${STEWARD_ELSEWHERE_URL:-$url}
me=${STEWARD_USERNAME:-ada}
colleague=${STEWARD_COLLEAGUE:-ben}
team=${STEWARD_TEAM:-analytics}
run="$(date +%s)-$RANDOM"
slug="quarter-helper-$run"
one="/assistants/$me:$slug"
theirs="/assistants/$team:$slug"
tag="Team day $run"

# --- Asking, and reading answers ------------------------------------------------------------------------------------

files=$(mktemp -d) # Readable by this user alone: credentials lie there, and in no argument that others could see.
body=$files/body
headers=$files/headers

say() { printf '%s\n' "$*"; }
fail() {
  printf 'Not as expected: %s\n' "$*" >&2
  exit 1
}

# ask <who> <status> <method> <path> [<body>|-] [<more for curl>...]: the answer is then in $body and $headers.
ask() {
  local who=$1 expected=$2 method=$3 path=$4 data=${5:--} status
  shift $(($# > 5 ? 5 : $#))
  local arguments=(-sS -o "$body" -D "$headers" -w '%{http_code}' -X "$method" -H "@$files/$who.credential" "$@")
  [ "$data" = - ] || arguments+=(-H 'content-type: application/json' --data-binary @-)
  status=$(printf '%s' "$data" | curl "${arguments[@]}" "$(cat "$files/$who.url")/api$path")
  [ "$status" = "$expected" ] || fail "$method $path answered $status instead of $expected: $(cat "$body")"
}

# value <expression>: what it is of the answer, which is called a.
value() {
  node -e '
    const a = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    const value = new Function("a", `return ${process.argv[2]}`)(a);
    console.log(typeof value === "string" ? value : JSON.stringify(value));
  ' "$body" "$1"
}

# header <name>: of the answer.
header() { sed -n "s/^$1: //Ip" "$headers" | tr -d '\r'; }

# same <what> <found> <expected>
same() { [ "$2" = "$3" ] || fail "$1 is $2 instead of $3"; }
# is <what> <expression>: that it holds for the answer.
is() { [ "$(value "Boolean($2)")" = true ] || fail "$1: $(cat "$body")"; }

# changes <expression>: prints, for people, the changes that it is of the answer.
changes() {
  value "(() => {
    const c = $1, texts = (v) => v === null ? 'nothing' : JSON.stringify(v);
    const field = (f) => f.lines
      ? ['  ' + f.field + ':', ...f.lines.flatMap((l) => l.text.trimEnd().split('\n')
          .map((text) => '    ' + { same: ' ', added: '+', removed: '-' }[l.change] + ' ' + text))]
      : ['  ' + f.field + ': ' + texts(f.before) + ' -> ' + texts(f.after)];
    const part = (kind) => (p) => ['  ' + kind + ' \"' + p.name + '\" ' + p.change,
      ...(p.change === 'changed' ? p.fields.flatMap(field).map((line) => '  ' + line) : [])];
    return [...c.fields.flatMap(field), ...c.skills.flatMap(part('skill')),
      ...c.references.flatMap(part('reference')), ...c.secrets.flatMap(part('secret'))].join('\n');
  })()"
}

# as_json <text>: the text as JSON.
as_json() { node -e 'console.log(JSON.stringify(process.argv[1]))' "$1"; }

# sign_in <who> <server> <username> <password> <token>: with a token instead, where there is one.
sign_in() {
  local who=$1 server=$2 username=$3 password=$4 token=$5
  printf '%s' "$server" >"$files/$who.url"
  : >"$files/$who.credential"
  if [ -n "$token" ]; then
    printf 'authorization: Bearer %s\n' "$token" >"$files/$who.credential"
    return
  fi
  [ -n "$password" ] || fail "no password for $username: README.md says which variables there are"
  ask "$who" 200 POST /login/local "{\"username\":$(as_json "$username"),\"password\":$(as_json "$password")}"
  same "who has signed in" "$(value a.user.username)" "$username"
  printf 'cookie: sid=%s\n' "$(value a.sid)" >"$files/$who.credential"
}

# --- Cleaning up, whatever happens ----------------------------------------------------------------------------------

take_away() {
  local who=$1 path=$2
  [ ! -s "$files/$who.credential" ] ||
    curl -sS -o "$files/gone" -X DELETE -H "@$files/$who.credential" "$(cat "$files/$who.url")/api$path" || true
}
clean_up() {
  local code=$?
  take_away ada "$one"
  take_away far "$theirs"
  take_away ada "/tags/${tag// /%20}"
  for who in ada ben far; do
    [ ! -s "$files/$who.credential" ] || ! grep -q '^cookie' "$files/$who.credential" ||
      curl -sS -o "$files/gone" -X POST -H "@$files/$who.credential" "$(cat "$files/$who.url")/api/logout" || true
  done
  rm -rf "$files"
  exit "$code"
}
trap clean_up EXIT

# --- The day --------------------------------------------------------------------------------------------------------

say "1. Signing in"
sign_in ada "$url" "$me" "${STEWARD_PASSWORD:-}" "${STEWARD_TOKEN:-}"
sign_in ben "$url" "$colleague" "${STEWARD_COLLEAGUE_PASSWORD:-${STEWARD_PASSWORD:-}}" "${STEWARD_COLLEAGUE_TOKEN:-}"
sign_in far "$elsewhere" "${STEWARD_ELSEWHERE_USERNAME:-$me}" \
  "${STEWARD_ELSEWHERE_PASSWORD:-${STEWARD_PASSWORD:-}}" "${STEWARD_ELSEWHERE_TOKEN:-}"
ask ada 200 GET /me
same "who asks" "$(value a.user.username)" "$me"

say "2. $me makes an assistant; the answer is lost, and the same request is sent again"
key="team-day-$run"
new="{\"slug\":\"$slug\",\"name\":\"Quarter helper\",\"instructions\":\"You explain our figures.\\nName the period.\"}"
ask ada 201 POST /assistants "$new" -H "idempotency-key: $key"
id=$(value a.id)
cp "$body" "$files/first"
ask ada 201 POST /assistants "$new" -H "idempotency-key: $key"
cmp -s "$body" "$files/first" || fail "the answer to the same request is another: $(cat "$body")"
ask ada 409 POST /assistants '{"name":"Another"}' -H "idempotency-key: $key"
say "   $(value a.code) for another request under the same key"

say "3. Two skills, and the secret that one of them needs"
ask ada 201 POST "$one/skills" '{"type":"code-execution","name":"Calculator","data":{"languages":["python"]}}'
calculator=$(value a.id)
ask ada 201 POST "$one/skills" '{
  "type": "custom", "name": "Figures",
  "data": {
    "url": "https://api.example.com/figures/{{input.quarter}}",
    "headers": {"Authorization": "Bearer {{secrets.FIGURES_TOKEN}}"},
    "inputSchema": {
      "type": "object", "properties": {"quarter": {"type": "string"}}, "required": ["quarter"],
      "additionalProperties": false
    }
  }
}'
figures=$(value a.id)
ask ada 400 POST "$one/skills" '{"type":"custom","data":{"url":"https://api.example.com/?key={{secrets.FIGURES_TOKEN}}"}}'
say "   refused: $(value 'a.details[0].message')"
ask ada 200 GET "$one/skills/$figures/driver"
say "   a model is told: $(value 'a.toolDefinition.name')($(value 'Object.keys(a.toolDefinition.inputSchema.properties).join(", ")'))"
secret="not-a-real-token-$run"
ask ada 201 POST "$one/secrets" \
  "{\"name\":\"FIGURES_TOKEN\",\"value\":\"$secret\",\"allowedHosts\":[\"api.example.com\"]}"
same "the secret's value" "$(value a.value)" "********"
say "   FIGURES_TOKEN is $(value a.value)"

say "4. Shared with $colleague, who may write, and with the team $team, which may read"
ask ben 404 GET "$one"
ask ada 201 PUT "$one/shares/user:$colleague" '{"accessLevel":2}'
ask ada 201 PUT "$one/shares/team:$team" '{"accessLevel":1}'
ask ben 200 GET "$one"
is "what $colleague may do" 'a.permissions.write && !a.permissions.share'

say "5. $colleague comments, $me answers, and it is resolved"
ask ben 201 POST "$one/comments" "{\"message\":\"Does it know provisional figures?\",\"mentions\":[\"user:$me\"]}"
comment=$(value a.id)
same "who is mentioned" "$(value a.mentions)" "[\"user:$me\"]"
ask ada 201 POST "/comments/$comment/replies" '{"message":"Not yet. It soon will."}'
ask ada 200 POST "/comments/$comment/_resolve"
same "who has resolved it" "$(value a.resolvedBy)" "user:$me"
ask ben 200 GET "$one/comments"
is "the thread" 'a._embedded["inf:comment"].length === 1 && a._embedded["inf:comment"][0].replyCount === 1'

say "6. $me works on a draft, which nobody else's readers see"
ask ada 201 POST "$one/_edit"
ask ada 200 PUT "$one-draft" '{"instructions":"You explain our figures.\nSay which are provisional.\nName the period."}'
ask ada 200 GET "$one-draft/skills"
inner=$(value 'a._embedded["inf:assistant-skill"].find((s) => s.name === "Calculator").id')
ask ada 200 PUT "$one-draft/skills/$inner" '{"data":{"languages":["python"],"timeoutSeconds":30}}'
ask ada 201 POST "$one-draft/references" '{"targetType":"url","targetId":"https://example.com/calendar"}'
ask ada 200 GET "$one/draft/_diff"
same "a conflict" "$(value a.conflict)" false
changes a.changes

say "7. Meanwhile $colleague changes the live one: the commit meets a conflict"
ask ben 200 PUT "$one" '{"welcome":"Which quarter?"}'
ask ada 409 POST "$one/draft/_commit" '{"message":"Says which figures are provisional"}'
is "the conflict" 'a.code === "conflict" && a.diff.conflict && a.details[0].path === "welcome"'
changes a.diff.changedSince
ask ada 200 PUT "$one-draft" '{"welcome":"Which quarter?"}'
ask ada 200 POST "$one/draft/_commit" '{"message":"Says which figures are provisional","force":true}'
same "the assistant's id" "$(value a.id)" "$id"
same "its welcome" "$(value a.welcome)" "Which quarter?"
is "the skills, which keep their ids" "a.skills.some((s) => s.id === '$calculator')"
say "   committed with $colleague's change in it: version $(value a.version)"
ask ada 201 POST "$one/_edit"
ask ada 200 PUT "$one-draft" '{"name":"A bad idea"}'
ask ada 204 DELETE "$one/draft"
ask ada 404 GET "$one/draft"
say "   a second draft is discarded"

say "8. A tab that was open too long"
ask ada 200 GET "$one"
etag=$(header etag)
ask ben 200 PUT "$one" '{"description":"Explains the quarter"}'
ask ada 412 PUT "$one" '{"description":"Explains everything"}' -H "if-match: $etag"
same "the error" "$(value a.code)" version_mismatch
ask ada 200 GET "$one"
same "what $colleague has written" "$(value a.description)" "Explains the quarter"
ask ada 200 PUT "$one" '{"description":"Explains the quarter, and its figures"}' -H "if-match: $(header etag)"
say "   412, read again, and changed on top of it"

say "9. Back to an earlier revision"
ask ada 200 GET "$one/revisions"
value 'a._embedded["inf:revision"].map((r) => `   ${r.number}  ${r.createdBy}  ${r.message ?? r.operation}`).join("\n")'
before=$(value 'a._embedded["inf:revision"].find((r) => r.message === null && r.operation === "assistants.update" && r.number < a._embedded["inf:revision"].find((c) => c.message).number).number')
ask ada 200 GET "$one/revisions/$before/_diff?against=current"
is "what a restore would change" 'a.fields.some((f) => f.field === "instructions")'
ask ada 200 POST "$one/revisions/$before/_restore" '{"message":"The shorter instructions, for now"}'
same "the instructions" "$(value a.instructions)" $'You explain our figures.\nName the period.'
ask ada 200 GET "$one/secrets"
same "how many secrets are left" "$(value a.total)" 1

say "10. Exported, and imported for the team $team at $elsewhere"
ask ada 200 GET "$one/_export"
cp "$body" "$files/document"
! grep -q "$secret" "$files/document" || fail "the document holds the secret's value"
import="{\"document\":$(cat "$files/document"),\"ownerId\":\"team:$team\""
ask far 200 POST /assistants/_import "$import,\"dryRun\":true}"
is "the dry run" 'a.outcome === "created" && a.id === null'
ask far 404 GET "$theirs"
ask far 201 POST /assistants/_import "$import}"
same "what is missing" "$(value a.missingSecrets)" '["FIGURES_TOKEN"]'
say "   made $(value a.naturalId); still to be set: $(value 'a.missingSecrets.join(", ")')"
ask far 201 POST "$theirs/secrets" \
  '{"name":"FIGURES_TOKEN","value":"another-one-for-there","allowedHosts":["api.example.com"]}'
ask far 200 POST /assistants/_import "$import}"
is "the second import" 'a.outcome === "unchanged" && a.missingSecrets.length === 0'
say "   imported again: $(value a.outcome)"

if [ -n "${STEWARD_TOKEN:-}" ]; then
  say "11. No token is made: only who has signed in makes one, and this script was given one"
else
  say "11. A token for the help page: it reads this assistant, and does nothing else"
  ask ada 201 POST /tokens "{\"type\":\"assistant\",\"assistantId\":\"$id\",\"readOnly\":true,\"notes\":\"Team day\"}"
  token_id=$(value a.id)
  hint=$(value a.hint)
  printf 'authorization: Bearer %s\n' "$(value a.token)" >"$files/page.credential"
  printf '%s' "$url" >"$files/page.url"
  ask page 200 GET "$one"
  for refused in "PUT $one {\"name\":\"Mine\"}" "GET $one/secrets -" "GET /assistants/analytics:sales-assistant -" \
    "POST /tokens {}"; do
    read -r method path data <<<"$refused"
    ask page 403 "$method" "$path" "$data"
    same "why not" "$(value a.code)" token_scope
    say "   $method $path: 403 token_scope"
  done
  ask ada 200 GET "$one/tokens"
  is "how the list shows it" "a._embedded['inf:assistant-token'][0].hint === '$hint' && !('token' in a._embedded['inf:assistant-token'][0])"
  ask ada 204 DELETE "/tokens/$token_id"
  ask page 401 GET "$one"
  say "   revoked: 401"
fi

say "12. Marked and tagged, to find it again"
ask ben 201 PUT "$one/favorite"
ask ben 200 GET "/assistants?favorite=true&q=Quarter"
is "$colleague's favorites" "a._embedded['inf:assistant'].some((one) => one.id === '$id')"
ask ada 201 POST /tags "{\"name\":\"$tag\"}"
ask ada 201 PUT "$one/tags/${tag// /%20}"
ask ben 200 GET "/assistants?tag=${tag// /%20}"
is "what bears the tag" "a.total === 1 && a._embedded['inf:assistant'][0].id === '$id'"

say "13. What has happened to it today, newest first"
ask ada 200 GET "$one/activity?limit=200"
value 'a._embedded["inf:activity"].slice(0, 5).map((e) => `   ${e.operation} by ${e.userId}`).join("\n")'
say "   and $(value 'a.total - 5') more"
is "who has done it" \
  "['user:$me', 'user:$colleague'].every((who) => a._embedded['inf:activity'].some((e) => e.userId === who))"

say "14. Taken away again"
ask ada 204 DELETE "$one"
ask ada 404 GET "$one"
ask far 204 DELETE "$theirs"
ask ada 204 DELETE "/tags/${tag// /%20}"
say "Done: every answer was as expected."
