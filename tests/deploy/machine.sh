#!/bin/sh
# A machine inside this one: Debian's systemd as the first process of namespaces of its own.
#
# "machine.sh keep" prints the number that this process has out here, and takes the machine away when standard input
# ends, as it does even for tests that were killed. The disk is in memory and the mounts are in the namespace: they
# go with the last process. The one thing that must be removed is the control group.
#
# From the environment: CGROUPS, where cgroup2 is mounted; CHECKOUT, which becomes PLACE, and its VENV;
# PREFIX, which holds the Python of that.
set -eu
PATH="$PATH:/usr/sbin:/sbin"

keep() {
  export GROUP="$CGROUPS/newsroom-$$"
  mkdir "$GROUP"
  setpriv --pdeathsig KILL \
    unshare --pid --mount --net --ipc --uts --fork --kill-child sh "$0" enter &
  exec >&-
  read -r _ || true
  echo 1 >"$GROUP/cgroup.kill"
  wait
  find "$GROUP" -depth -type d -exec rmdir {} +
}

# Whether the kernel lets us, before anything is made of it.
trial() {
  mount -t tmpfs machine /run
  cd /run
  mkdir outside proc sys usr
  shown /usr usr
  mount -t proc proc proc
  mount -t cgroup2 cgroup2 sys
  pivot_root . outside
}

enter() {
  # As those outside see it, whose /proc this still is.
  read -r NUMBER _ </proc/self/stat
  export NUMBER
  echo 0 >"$GROUP/cgroup.procs"
  exec unshare --cgroup sh "$0" build
}

build() {
  # Over /run, below which lies nothing that is needed here.
  mount -t tmpfs -o mode=755 machine /run
  cd /run
  mkdir -p etc/systemd/system home opt/python outside root srv tmp var/lib var/tmp
  chmod 1777 tmp var/tmp
  ln -s /run var/run
  programs
  units
  site
  settings
  kernel
  pivot_root . outside
  umount -l outside
  echo "$NUMBER"
  exec env -i container=tests PATH=/usr/local/bin:/usr/sbin:/usr/bin \
    /lib/systemd/systemd --unit=multi-user.target >/dev/null
}

# "shown FOLDER PLACE": a folder of the outside; what is changed in it stays in memory.
shown() {
  changes=$(mktemp -d ./.changes.XXXXXX)
  mkdir -p "$2" "$changes/upper" "$changes/work"
  mount -t overlay -o "lowerdir=$1,upperdir=$changes/upper,workdir=$changes/work" overlay "$2"
  chmod 755 "$2"
}

programs() {
  shown /usr usr
  for link in /bin /sbin /lib*; do
    [ ! -L "$link" ] || cp -a "$link" .
  done
}

# Few of systemd's own units, so that nothing starts that the site does not need.
units() {
  mkdir -p run/units/sysinit.target.wants
  for name in basic local-fs multi-user network-online paths shutdown slices sockets sysinit timers; do
    cp "/lib/systemd/system/$name.target" run/units/
  done
  for name in .service .socket -dev-log.socket; do
    cp "/lib/systemd/system/systemd-journald$name" run/units/
  done
  ln -s ../systemd-journald.service run/units/sysinit.target.wants/
  mount --bind run/units usr/lib/systemd/system
  mount -t tmpfs generators usr/lib/systemd/system-generators
}

# The Python of a checkout may lie in somebody's home, which no unit of the site can see.
site() {
  mount --bind "$PREFIX" opt/python
  mount -o remount,bind,ro opt/python
  shown "$CHECKOUT" "$PLACE"
  shown "$VENV" "$PLACE/.venv"
  python=$(basename "$(readlink -f "$VENV/bin/python")")
  ln -sf "/opt/python/bin/$python" "$PLACE/.venv/bin/python"
  ln -sf "/opt/python/bin/$python" usr/local/bin/python3
  echo "home = /opt/python/bin" >"$PLACE/.venv/pyvenv.cfg"
}

settings() {
  : >etc/machine-id
  cat >etc/passwd <<END
root:x:0:0::/root:/bin/sh
nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin
newsroom:x:999:999::/var/lib/newsroom:/usr/sbin/nologin
END
  printf '%s\n' root:x:0: nogroup:x:65534: newsroom:x:999: >etc/group
  cp -a /etc/ld.so.conf /etc/ld.so.conf.d etc/
  echo /opt/python/lib >etc/ld.so.conf.d/python.conf
  ldconfig -r .
}

# What is not mounted here, systemd would mount: /dev as it is outside.
kernel() {
  mkdir -p dev proc run sys
  mount -t proc proc proc
  mount --bind proc/sys proc/sys
  mount -o remount,bind,ro proc/sys
  mount -t sysfs -o ro sysfs sys
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  mount -t tmpfs -o mode=755 dev dev
  for name in null zero full random urandom tty; do
    cp -a "/dev/$name" dev/
  done
  ln -s pts/ptmx dev/ptmx
}

"$@"
