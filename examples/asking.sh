# Asking Steward with curl, and reading its answers with Node: for the scripts of the examples, which source it.

files=$(mktemp -d) # Readable by this user alone: credentials lie there, and in no argument that others could see.
body=$files/body
headers=$files/headers

say() { printf '\n%s\n' "$*"; }
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
  status=$(curl "${arguments[@]}" "$(cat "$files/$who.url")/api$path" <<<"$data")
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

# as_json <text>: the text as JSON.
as_json() { node -e 'console.log(JSON.stringify(require("node:fs").readFileSync(0, "utf8").slice(0, -1)))' <<<"$1"; }

# sign_in <who> <server> <username> <password>
sign_in() {
  local who=$1 server=$2 username=$3 password=$4
  printf '%s' "$server" >"$files/$who.url"
  : >"$files/$who.credential"
  ask "$who" 200 POST /login/local "{\"username\":$(as_json "$username"),\"password\":$(as_json "$password")}"
  same "who has signed in" "$(value a.user.username)" "$username"
  printf 'cookie: sid=%s\n' "$(value a.sid)" >"$files/$who.credential"
}

# Asks for what may be in vain, when something has failed before.
try() {
  local who=$1 method=$2 path=$3
  [ ! -s "$files/$who.credential" ] ||
    curl -sS -o "$files/gone" -X "$method" -H "@$files/$who.credential" "$(cat "$files/$who.url")/api$path" || true
}
