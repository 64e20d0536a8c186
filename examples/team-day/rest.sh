#!/usr/bin/env bash
# A team's day with Steward over REST: see README.md. Needs bash, curl and node.
# Ends with 0 when every answer was what this script says, and takes away what it has made in any case.
set -euo pipefail

url=${STEWARD_URL:-http://127.0.0.1:8787}
elsewhere=${STEWARD_ELSEWHERE_URL:-$url}
password=${STEWARD_ADMIN_PASSWORD:-}
day="$(date +%s)-$RANDOM"
maya="maya-$day" noah="noah-$day" crew="crew-$day" tag="finance-$day"
one="/assistants/$maya:day-$day"
theirs="/assistants/admin:day-$day"

# shellcheck source=../asking.sh
. "$(dirname "$0")/../asking.sh"

# changes <expression>: prints, for people, the changes that it is of the answer.
changes() {
  value "(() => {
    const c = $1, mark = { same: ' ', added: '+', removed: '-' };
    const field = (f) => f.lines
      ? f.lines.flatMap((l) => l.text.trimEnd().split('\n').map((text) => f.field + ' ' + mark[l.change] + ' ' + text))
      : [f.field + ' ' + JSON.stringify(f.before) + ' -> ' + JSON.stringify(f.after)];
    const part = (kind) => (p) => kind + ' ' + p.name + ' ' + p.change + ': ' + p.fields.map((f) => f.field).join(', ');
    return [...c.fields.flatMap(field), ...c.skills.map(part('skill')), ...c.references.map(part('reference')),
      ...c.secrets.map(part('secret'))].join('\n');
  })()"
}

# --- Cleaning up, whatever happens ----------------------------------------------------------------------------------

clean_up() {
  local code=$?
  try admin DELETE "$one"
  try far DELETE "$theirs"
  try admin DELETE "/teams/$crew"
  try admin DELETE "/users/$maya"
  try admin DELETE "/users/$noah"
  try admin DELETE "/tags/$tag"
  try admin POST /logout
  try far POST /logout
  rm -rf "$files"
  exit "$code"
}
trap clean_up EXIT

# --- The day --------------------------------------------------------------------------------------------------------

say "The admin makes two people and a team"
sign_in admin "$url" admin "$password"
sign_in far "$elsewhere" admin "${STEWARD_ELSEWHERE_PASSWORD:-$password}"
own="a-password-of-$day"
ask admin 201 POST /users "{\"username\":\"$maya\",\"displayName\":\"Maya\",\"role\":\"creator\",\"password\":\"$own\"}"
ask admin 201 POST /users "{\"username\":\"$noah\",\"displayName\":\"Noah\",\"password\":\"$own\"}"
ask admin 201 POST /teams "{\"name\":\"$crew\",\"displayName\":\"The crew\"}"
ask admin 201 PUT "/teams/$crew/members/$noah" '{"role":"member"}'
sign_in maya "$url" "$maya" "$own"
sign_in noah "$url" "$noah" "$own"

say "Maya creates an assistant; a request that is sent again makes no second one"
key="create-$day"
new="{\"name\":\"Day\",\"slug\":\"day-$day\",\"instructions\":\"You help the sales team.\\nBe brief.\\n\"}"
ask maya 201 POST /assistants "$new" -H "idempotency-key: $key"
id=$(value a.id)
cp "$body" "$files/first"
ask maya 201 POST /assistants "$new" -H "idempotency-key: $key"
cmp -s "$body" "$files/first" || fail "the second answer is another: $(cat "$body")"
ask maya 409 POST /assistants '{"name":"Another"}' -H "idempotency-key: $key"

say "It gets a secret, which no answer shows, and two skills"
ask maya 201 POST "$one/secrets" \
  '{"name":"PRICES_KEY","value":"not-for-your-eyes","allowedHosts":["prices.example.com"]}'
secret=$(value a.id)
same "the secret's value" "$(value a.value)" "********"
ask maya 400 PUT "$one/secrets/$secret" '{"allowedHosts":["evil.example.com"]}'
ask maya 201 POST "$one/skills" '{"type":"code-execution","name":"Sums"}'
sums=$(value a.id)
ask maya 201 POST "$one/skills" '{"type":"custom","name":"Prices","data":{
  "url":"https://prices.example.com/v1/prices","headers":{"authorization":"Bearer {{secrets.PRICES_KEY}}"}}}'
ask maya 200 GET "$one/skills/$(value a.id)/driver"
printf 'The model is told of the tool %s\n' "$(value a.toolDefinition.name)"

say "She shares it: Noah may write, his crew may read. It becomes a favorite, and gets a tag"
ask noah 404 GET "$one"
ask maya 201 PUT "$one/shares/user:$noah" '{"accessLevel":2}'
ask maya 201 PUT "$one/shares/team:$crew" '{"accessLevel":1}'
ask noah 200 GET "$one"
is "what Noah may do" 'a.permissions.write && !a.permissions.share'
ask maya 201 PUT "$one/favorite"
ask maya 200 GET "/assistants?favorite=true"
same "how many favorites" "$(value a.total)" 1
ask maya 201 POST /tags "{\"name\":\"$tag\"}"
ask maya 201 PUT "$one/tags/$tag"
ask maya 200 GET "/assistants?tag=$tag"
same "how many bear the tag" "$(value a.total)" 1

say "Noah comments and mentions her; she answers and resolves"
ask noah 201 POST "$one/comments" "{\"message\":\"Should it name its source?\",\"mentions\":[\"user:$maya\"]}"
comment=$(value a.id)
ask maya 201 POST "/comments/$comment/replies" '{"message":"Yes. Please try it in a draft."}'
ask maya 200 POST "/comments/$comment/_resolve"
same "who has resolved it" "$(value a.resolvedBy)" "user:$maya"

say "Noah edits in a draft, which nobody else meets"
ask noah 201 POST "$one/_edit"
ask noah 200 PUT "$one-draft" '{"instructions":"You help the sales team.\nName your source.\n"}'
ask noah 200 GET "$one-draft/skills"
inner=$(value 'a._embedded["inf:assistant-skill"].find((skill) => skill.name === "Sums").id')
ask noah 200 PUT "$one-draft/skills/$inner" '{"data":{"languages":["python"],"timeoutSeconds":30}}'
ask noah 200 GET "$one/draft/_diff"
same "whether there is a conflict" "$(value a.conflict)" false
changes a.changes

say "Meanwhile Maya changes the live one; her other tab is stale, and his commit is refused with what has changed"
ask maya 200 GET "$one"
etag=$(header etag)
ask maya 200 PUT "$one" '{"welcome":"Good morning"}' -H "if-match: $etag"
ask maya 412 PUT "$one" '{"welcome":"From a stale tab"}' -H "if-match: $etag"
same "the stale tab's error" "$(value a.code)" version_mismatch
ask noah 409 POST "$one/draft/_commit" '{"message":"Names its source"}'
same "the commit's error" "$(value a.code)" conflict
printf 'Changed since: %s\n' "$(value 'a.details.map((detail) => detail.path).join(", ")')"
changes a.diff.changedSince
ask noah 200 PUT "$one-draft" '{"welcome":"Good morning"}'
ask noah 200 POST "$one/draft/_commit" '{"message":"Names its source","force":true}'
same "the assistant's id" "$(value a.id)" "$id"
same "what Maya has written" "$(value a.welcome)" "Good morning"
is "the skill, which keeps its id" "a.skills.some((skill) => skill.id === '$sums')"
ask noah 404 GET "$one/draft"
ask noah 201 POST "$one/_edit"
ask noah 204 DELETE "$one/draft"
ask noah 404 GET "$one/draft"

say "The history; Maya restores the state before, and then the newer one"
ask maya 200 GET "$one/revisions"
value 'a._embedded["inf:revision"].map((one) => `${one.number} ${one.message ?? one.operation}`).join("\n")'
newest=$(value 'a._embedded["inf:revision"][0].number')
before=$(value 'a._embedded["inf:revision"][1].number')
same "the newest revision" "$(value 'a._embedded["inf:revision"][0].message')" "Names its source"
ask maya 200 POST "$one/revisions/$before/_restore"
is "the older instructions" 'a.instructions.includes("Be brief")'
ask maya 200 POST "$one/revisions/$newest/_restore"
is "the newer instructions" 'a.instructions.includes("Name your source")'
ask maya 200 GET "$one/secrets"
same "how many secrets are still there" "$(value a.total)" 1

say "A system gets a token that only reads this one"
ask maya 201 POST /tokens "{\"type\":\"assistant\",\"assistantId\":\"$id\",\"readOnly\":true,\"notes\":\"Intranet\"}"
token=$(value a.id)
printf 'authorization: Bearer %s\n' "$(value a.token)" >"$files/system.credential"
printf '%s' "$url" >"$files/system.url"
ask system 200 GET "$one"
ask system 403 PUT "$one" '{"name":"Mine"}'
same "why it may not" "$(value a.code)" token_scope
ask system 403 GET "$one/secrets"
ask system 403 GET "$theirs"
ask maya 204 DELETE "/tokens/$token"
ask system 401 GET "$one"

say "Export, and import elsewhere: first a dry run"
ask maya 200 GET "$one/_export"
! grep -q not-for-your-eyes "$body" || fail "the document holds the secret's value"
import="{\"document\":$(cat "$body"),\"ownerId\":\"admin\""
ask far 200 POST /assistants/_import "$import,\"dryRun\":true}"
is "the dry run" 'a.outcome === "created" && a.id === null'
ask far 404 GET "$theirs"
ask far 201 POST /assistants/_import "$import}"
same "which secrets are missing" "$(value a.missingSecrets)" '["PRICES_KEY"]'
printf 'To be set by hand: %s\n' "$(value 'a.missingSecrets.join(", ")')"
ask far 201 POST "$theirs/secrets" '{"name":"PRICES_KEY","value":"another-one-here"}'
ask far 200 POST /assistants/_import "$import}"
is "the second import" 'a.outcome === "unchanged" && a.missingSecrets.length === 0'

say "Who did what"
ask maya 200 GET "$one/activity?limit=6"
value 'a._embedded["inf:activity"].map((entry) => `${entry.at} ${entry.userId} ${entry.operation}`).join("\n")'

ask admin 204 DELETE "$one"
ask far 204 DELETE "$theirs"
ask admin 204 DELETE "/teams/$crew"
ask admin 204 DELETE "/users/$maya"
ask admin 204 DELETE "/users/$noah"
ask admin 204 DELETE "/tags/$tag"
say "All as expected."
