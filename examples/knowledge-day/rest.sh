#!/usr/bin/env bash
# A table becomes what an assistant knows, over REST: see README.md. Needs bash, curl and node.
# Ends with 0 when every answer was what this script says, and takes away what it has made in any case.
set -euo pipefail

url=${STEWARD_URL:-http://127.0.0.1:8787}
password=${STEWARD_ADMIN_PASSWORD:-}
table=${1:-$(dirname "$0")/orders.csv}
day="$(date +%s)-$RANDOM"
maya="maya-$day" noah="noah-$day"
orders="/datasets/$maya:orders-$day"
helper="/assistants/$maya:helper-$day"

# shellcheck source=../asking.sh
. "$(dirname "$0")/../asking.sh"

clean_up() {
  local code=$?
  try admin DELETE "$helper"
  try admin DELETE "$orders"
  try admin DELETE "/users/$maya"
  try admin DELETE "/users/$noah"
  try admin POST /logout
  rm -rf "$files"
  exit "$code"
}
trap clean_up EXIT

say "The admin makes two people: Maya, who makes things, and Noah, who uses them"
sign_in admin "$url" admin "$password"
own="a-password-of-$day"
ask admin 201 POST /users "{\"username\":\"$maya\",\"displayName\":\"Maya\",\"role\":\"creator\",\"password\":\"$own\"}"
ask admin 201 POST /users "{\"username\":\"$noah\",\"displayName\":\"Noah\",\"password\":\"$own\"}"
sign_in maya "$url" "$maya" "$own"
sign_in noah "$url" "$noah" "$own"

say "Maya makes a dataset and loads her table; a row that does not fit is told, not lost"
ask maya 201 POST /datasets "{\"name\":\"Orders\",\"slug\":\"orders-$day\"}"
ask maya 201 POST /uploads
upload=$(value a.id)
curl -sS -o "$body" -X POST -H "@$files/maya.credential" -H 'content-type: text/csv' --data-binary "@$table" \
  "$url/api$orders/_upload?uploadId=$upload"
same "how it went" "$(value a.status)" done
value '`${a.rowsRead} rows read, ${a.rowsRejected} rejected: ${a.rejected.map((row) => `line ${row.line} ${row.reason}`).join("; ")}`'
is "the rejected rows" 'a.rowsRejected === 2 && a.rejected[0].line === 7'
ask maya 200 GET "/uploads/$upload"
is "the upload afterwards" 'a.status === "done" && a.datasetId !== null'

say "What the fields are was found out from the whole file"
ask maya 200 GET "$orders/fields"
value '(a._embedded["inf:field"]).map((field) => `${field.name}: ${field.dataType}, such as ${field.sample.slice(0, 2).join(", ")}`).join("\n")'
is "the types" 'JSON.stringify(a._embedded["inf:field"].map((field) => field.dataType)) ===
  JSON.stringify(["number", "string", "string", "date", "boolean", "number", "number"])'

say "She asks it"
ask maya 200 GET "$orders/data?sort=-Total&limit=2"
is "the largest orders" 'JSON.stringify(a._embedded["inf:record"].map((record) => record.Total)) === "[2999.99,1240.5]"'
filter=$(node -p 'encodeURIComponent(JSON.stringify({ Region: "north", Ordered: { $gte: "2026-02-01" } }))')
ask maya 200 GET "$orders/data?filter=$filter"
same "orders of the north since February" "$(value a.total)" 2
ask maya 200 POST "$orders/_query" '{"groupBy":["Region"],"aggregates":[{"function":"sum","field":"Total","as":"total"}],"sort":["-total"]}'
value 'a.rows.map((row) => `${row.Region} ${row.total}`).join("\n")'
ask maya 400 GET "$orders/data?sort=Turnover"
value 'a.details[0].message'

say "An assistant of hers gets to know the orders of the north, and brings them along: she administers the dataset"
ask maya 201 POST /assistants "{\"name\":\"Order helper\",\"slug\":\"helper-$day\"}"
ask maya 201 POST "$helper/datasets" "{\"datasetId\":\"$maya:orders-$day\",\"filter\":{\"Region\":\"north\"}}"
is "the association" 'a.mode === "subset" && a.access === "assistant"'
ask maya 201 POST "$helper/skills" '{"type":"dataset-query","name":"Ask the orders"}'
skill=$(value a.id)
ask maya 200 GET "$helper/skills/$skill/driver"
value 'a.toolDefinition.description' | head -c 400

say "Noah may use the assistant and has no right to the dataset: through the assistant he reaches the north, and no more"
ask maya 201 PUT "$helper/shares/$noah" '{"accessLevel":1}'
ask noah 404 GET "$orders"
ask noah 404 GET "$orders/data"
question='{"input":{"dataset":"Orders","groupBy":["Region"],"aggregates":[{"function":"count","as":"orders"}]}}'
ask noah 200 POST "$helper/skills/$skill/_run" "$question"
value 'JSON.stringify(a.content)'
is "what he reaches" '!a.failed && JSON.stringify(a.content.rows) === JSON.stringify([{ Region: "north", orders: 4 }])'
ask noah 200 POST "$helper/skills/$skill/_run" '{"input":{"dataset":"Orders","filter":{"Region":"south"}}}'
is "the south" '!a.failed && a.content.rows.length === 0'
ask noah 200 POST "$helper/skills/$skill/_run" '{"input":{"dataset":"Orders","filter":{"Turnover":5}}}'
is "a field that there is not" 'a.failed === true'
value 'JSON.stringify(a.content)'

say "With access for the asker, his own rights count as well: he has none, and is told so"
ask maya 200 PUT "$helper/datasets/$maya:orders-$day" '{"access":"asker"}'
ask noah 200 POST "$helper/skills/$skill/_run" "$question"
is "a clear word" 'a.failed === true'
value 'JSON.stringify(a.content)'

say "A share of the dataset with some fields and some rows: he reaches what both show"
ask maya 201 PUT "$orders/shares/$noah" '{"accessLevel":1,"filter":{"Paid":true},"visibleFields":["Order","Region","Total","Ordered"]}'
ask noah 200 POST "$helper/skills/$skill/_run" "$question"
is "paid orders of the north" 'JSON.stringify(a.content.rows) === JSON.stringify([{ Region: "north", orders: 3 }])'
ask noah 200 GET "$orders/data?limit=1"
is "no field more" 'Object.keys(a._embedded["inf:record"][0]).join() === "Order,Region,Ordered,Total"'
ask noah 400 GET "$orders/data?sort=Margin"

say "Whoever administers the dataset sees who brings it where, and may end it"
ask maya 200 GET "$orders/assistants"
is "where it is" 'a.count === 1'
ask maya 204 DELETE "$orders/assistants/$maya:helper-$day"
ask maya 200 GET "$helper/datasets"
is "nothing is left" 'a.count === 0'

ask admin 204 DELETE "$helper"
ask admin 204 DELETE "$orders"
ask admin 204 DELETE "/users/$maya"
ask admin 204 DELETE "/users/$noah"
say "All as expected."
