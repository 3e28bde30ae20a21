# Runs one command and outlives its starter just long enough to stop it.
#   sh guard.sh <grace, in tenths of a second> <command> [argument…]
# stdin is a pipe held open by the supervisor. When it ends (on purpose, or because the supervisor is gone, even by
# kill -9) the command gets TERM, and after the grace KILL. File descriptor 3 reports `pid <n>` and `exit <status>`.
# The guard leads a process group of its own; whatever the command left behind in it is killed at the end.
grace=$1
shift
umask 077 # Whatever a service writes is its owner's alone.
exec 5<&0
"$@" </dev/null 3>&- 5<&- &
command=$!
exec 2>/dev/null # The shell's own remarks on how the command ended.
echo "pid $command" >&3
(
  exec >/dev/null 2>&1 3>&-
  while read -r _; do :; done <&5
  kill -s TERM "$command"
  while [ "$grace" -gt 0 ]; do
    sleep 0.1
    grace=$((grace - 1))
  done
  kill -s KILL -- "-$$"
) &
exec 5<&-
wait "$command"
status=$?
# The supervisor may be gone: the report must not end the guard before it has swept its group.
trap '' PIPE
echo "exit $status" >&3
kill -s KILL -- "-$$"
