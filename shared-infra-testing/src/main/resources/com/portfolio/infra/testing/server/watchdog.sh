# Runs one server as long as its own standard input stays open, and ends with the server's exit status.
# The JVM that started this script holds the other end of that input. However the JVM ends, SIGKILL
# included, the operating system closes it, and the server is stopped.
#
# arguments: signal that stops the server, log file, directory to remove if the JVM is gone (or nothing),
#            the server's command
# writes:    the server's process id, one line

signal=$1
log=$2
directory=$3
shift 3

exec 3<&0
"$@" </dev/null >>"$log" 2>&1 3<&- &
server=$!
echo "$server"
exec >/dev/null 2>&1

orphaned=
trap 'orphaned=yes' USR1
trap : HUP INT TERM

(
    trap '' HUP INT TERM
    while read -r _; do :; done
    kill -USR1 $$
    kill -s "$signal" "$server"
    tries=0
    while [ "$tries" -lt 100 ] && kill -0 "$server"; do
        sleep 0.1
        tries=$((tries + 1))
    done
    kill -s KILL "$server"
) <&3 &
watcher=$!
exec 3<&- </dev/null

# A signal ends the wait early; the server is gone once it can no longer be signalled.
wait "$server"
status=$?
while kill -0 "$server"; do
    wait "$server"
    status=$?
done
kill -s KILL "$watcher"
if [ -n "$orphaned" ] && [ -n "$directory" ]; then
    rm -rf -- "$directory"
fi
exit "$status"
