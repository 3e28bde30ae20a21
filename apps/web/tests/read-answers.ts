/** One answer as it came over a connection. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const statusLine = /^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/;
const fieldLine = /^([\w!#$%&'*+.^`|~-]+): ?([\t\x20-\x7e\x80-\xff]*)$/;

/**
 * Every answer of a connection, in latin1. Written by the book (RFC 9112), and with nothing of Node.
 * @throws Error for anything that is not one well-formed answer after the other
 */
export function readAnswers(bytes: string, isHead: boolean): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = bytes;
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) throw new Error(`a head that does not end: ${JSON.stringify(rest.slice(0, 200))}`);
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n');
    const status = Number(statusLine.exec(first)?.[1]);
    if (Number.isNaN(status)) throw new Error(`no status line: ${JSON.stringify(first.slice(0, 200))}`);
    const headers = new Map(lines.map(readField));
    rest = rest.slice(end + 4);
    // What follows is no HTTP any more.
    if (status === 101) return [...answers, { status, headers, body: rest }];
    const isEmpty = status < 200 || status === 204 || status === 304;
    const isUnread = isHead && !refusesConnection(headers, rest);
    const length = isEmpty || isUnread ? 0 : lengthOf(headers, rest);
    answers.push({ status, headers, body: rest.slice(0, length) });
    rest = rest.slice(length);
  }
  return answers;
}

function readField(line: string): [string, string] {
  const [, name, value] = fieldLine.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`no field: ${JSON.stringify(line)}`);
  return [name.toLowerCase(), value];
}

/** What broke HTTP is refused with a body, whatever it began with: the connection goes with it. */
function refusesConnection(headers: ReadonlyMap<string, string>, rest: string): boolean {
  return headers.get('connection') === 'close' && headers.get('content-length') === String(rest.length);
}

/** In characters of what follows the head. */
function lengthOf(headers: ReadonlyMap<string, string>, rest: string): number {
  if (headers.get('transfer-encoding') === 'chunked') return chunkedLength(rest);
  const length = headers.get('content-length');
  if (length === undefined) return rest.length;
  if (!/^\d+$/.test(length) || Number(length) > rest.length) throw new Error(`a length of ${length}`);
  return Number(length);
}

function chunkedLength(rest: string): number {
  let at = 0;
  for (;;) {
    const size = /^([0-9a-f]+)\r\n/i.exec(rest.slice(at, at + 20));
    if (!size) throw new Error(`no chunk: ${JSON.stringify(rest.slice(at, at + 40))}`);
    const bytes = parseInt(size[1] ?? '', 16);
    at += size[0].length + bytes;
    if (rest.slice(at, at + 2) !== '\r\n') throw new Error('a chunk that does not end');
    at += 2;
    if (bytes === 0) return at;
  }
}
