# shellcheck shell=bash
# What install, upgrade and uninstall share: where things lie, and how a step is done and told. It does nothing by itself.

# Letters are counted as letters, and sorted in one order everywhere.
export LC_ALL=C.UTF-8

CODE=/usr/local/lib/newsroom
DATA=/var/lib/newsroom
SETTINGS=/etc/newsroom.env
# Each file of deploy/ as it was copied last: what differs from it was changed by somebody, and is theirs.
SHIPPED=/usr/local/share/newsroom
LOG=/var/log/newsroom-install.log
NGINX_SITE=/etc/nginx/sites-available/newsroom.conf
# Where the new version answers during an upgrade, while nobody does at port 8000: nginx knows it, too.
BESIDE=/run/newsroom-beside/socket
LASTING=(newsroom-web newsroom-worker newsroom-pages)
TIMERS=(newsroom-daily.timer newsroom-backup.timer)
CHANGED=""
CURRENT="the beginning"

refuse() {
  printf '%s\n' "$*" >&2
  exit 1
}

tell() {
  printf '%-10s  %s\n' "$1" "$2"
}

# From here on a command that fails ends the script with a sentence.
begin() {
  set -E
  umask 022
  # An upgrade lets the new version's install mend the rest: it holds the lock, and the log is one.
  if [ -z "${NEWSROOM_UPGRADE:-}" ]; then
    exec 9>/run/newsroom-install.lock
    flock -n 9 || refuse "Another install, upgrade or uninstall is under way: wait for its end."
    (umask 077 && : >"$LOG")
  fi
  # What a step says goes to the log; what is said of it does not.
  exec 3>&1 4>&2
  trap failed ERR HUP INT TERM
}

failed() {
  # A subshell's failure is told by whoever started it.
  [ "$BASHPID" = "$$" ] || exit 1
  trap - ERR
  trap "" HUP INT TERM
  set +e
  exec 1>&3 2>&4
  tail -n 5 "$LOG" >&2
  stopped
}

stopped() {
  refuse "Stopped at “$CURRENT”, for the reason above ($LOG has all of it): mend it, and say the same again."
}

# "step WORDS IS DO …": do it where it is not so, and say which of the two it was.
step() {
  local words=$1 is=$2
  shift 2
  CURRENT=$words
  if "$is" >/dev/null 2>&1; then
    tell "already so" "$words"
    return
  fi
  "$@" >>"$LOG" 2>&1 </dev/null
  tell "done" "$words"
}

never() {
  false
}

# "placed FILE MODE": let a file be what standard input says, unless somebody has changed it since it was written last.
placed() {
  local file=$1 mode=$2 last=$SHIPPED$1 words="already so" new
  CURRENT=$file
  new=$(mktemp)
  cat >"$new"
  if ! cmp -s "$new" "$file"; then
    words="left alone"
    if [ ! -e "$file" ] || cmp -s "$file" "$last"; then
      words="done"
      install -D -m "$mode" "$new" "$file"
      CHANGED+=" $file"
    fi
  fi
  install -D -m 644 "$new" "$last"
  rm "$new"
  [ "$words" != "left alone" ] || file+=": it was changed here, and is now $last in the project"
  tell "$words" "$file"
}

# "show_static CODE": where nobody has put others over them, the files are those that `make install` has made already. Old ones stay for
# pages that name them.
show_static() {
  if [ -d "$DATA/site" ] || [ ! -e "$1/var/static/staticfiles.json" ]; then
    NEWSROOM_CODE=$1 "$1/deploy/manage" collectstatic --noinput -v 0
  else
    cp -rT "$1/var/static" "$DATA/static"
    chown -R newsroom:newsroom "$DATA/static"
    chmod -R u=rwX,g=rX,o= "$DATA/static"
  fi
}

# What a setting says; no secret is asked for.
setting() {
  [ -e "$SETTINGS" ] || return 0
  sed -n "s/^$1=//p" "$SETTINGS" | tail -n 1 | tr -d "\"'"
}

# "copied FROM TO": the files of a project, without what it has installed and written.
copied() {
  mkdir -p "$2"
  tar -C "$1" --exclude=./.git --exclude=./.venv --exclude=./.uv --exclude=./var -cf - . | tar -C "$2" --no-same-owner -xf -
  chmod -R u=rwX,go=rX "$2"
}

# "with_libraries CODE": all that is installed into it. The user of the site cannot keep compiled modules there: root does, once.
with_libraries() {
  UV_COMPILE_BYTECODE=1 make -s -C "$1" install PYTHON=/usr/bin/python3
  "$1/.venv/bin/python" -m compileall -q "$1/articles" "$1/newsroom"
}

need_root() {
  [ "$(id -u)" = 0 ] || refuse "Only root can do this: say \`sudo $0 …\`."
}

# "is_well WHERE": whether the site itself answers there, a port or a socket, and shows its front page.
is_well() {
  python3 - "$1" "$(setting ALLOWED_HOSTS)" <<'END'
import http.client
import socket
import sys
from urllib.parse import urlsplit

where, hosts = sys.argv[1:]


def ask(path):
    if where.isdigit():
        reached = socket.create_connection(("127.0.0.1", int(where)), timeout=20)
    else:
        reached = socket.socket(socket.AF_UNIX)
        reached.settimeout(20)
        reached.connect(where)
    asked = http.client.HTTPConnection("localhost")
    asked.sock = reached
    asked.request("GET", path, headers={"Host": hosts.split(",")[0], "X-Forwarded-Proto": "https"})
    answer = asked.getresponse()
    if answer.status >= 400:
        sys.exit(f"{path} answers {answer.status}")
    return answer.headers.get("Location")


ask("/healthz")
front = ask("/")
if front:
    ask(urlsplit(front).path)
END
}

# All of them: of several at once, systemctl says yes where a single one runs.
all_run() {
  local unit
  for unit in "$@"; do
    systemctl -q is-active "$unit" || return 1
  done
}

# "soon COMMAND …": wait until it succeeds, for two minutes.
soon() {
  local tries
  for tries in {1..120}; do
    if "$@" >/dev/null 2>&1; then
      # With the number: without it, in a trap, bash returns what the trap was called for.
      return 0
    fi
    sleep 1
  done
  "$@"
}
