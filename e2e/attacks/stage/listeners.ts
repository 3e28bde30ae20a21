import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Listeners {
  readonly ports: readonly number[];
  /** Of Unix sockets. */
  readonly paths: readonly string[];
}

/** Where a process listens, as Linux tells it (proc(5)). */
export function listenersOf(pid: number): Listeners {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // Closed since the folder was read.
        return [];
      }
    }),
  );
  const rows = (name: string) =>
    readFileSync(`/proc/net/${name}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/));
  const ports = ['tcp', 'tcp6'].flatMap((name) =>
    rows(name)
      .filter((fields) => fields[3] === '0A' && own.has(fields[9] ?? ''))
      .map((fields) => Number.parseInt(fields[1]?.split(':')[1] ?? '', 16)),
  );
  // The state of a Unix socket that listens is 01, its flags have 00010000 (__SO_ACCEPTCON).
  const paths = rows('unix')
    .filter((fields) => fields[3] === '00010000' && own.has(fields[6] ?? ''))
    .flatMap((fields) => fields[7] ?? []);
  return { ports, paths };
}
