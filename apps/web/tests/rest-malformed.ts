import type { RestCall } from './rest-client.ts';
import { type Operation, type Schema, urlOf } from './rest-document.ts';
import type { Row } from './rest-scene.ts';

interface Malformed {
  readonly url: string;
  readonly with: RestCall;
}

const badIds = [
  'x',
  'F'.repeat(24),
  `${'f'.repeat(24)}0`,
  '..%2F..%2Fetc',
  '%00',
  '%7B%22%24ne%22%3Anull%7D',
  '%ff',
];
const badNumbers = [
  '',
  '-1',
  '1.5',
  'NaN',
  'Infinity',
  '0x10',
  '%201',
  '1_0',
  'null',
  '{"$gt":0}',
  '9'.repeat(400),
];

/** As a list of keys is encoded in a cursor. */
const cursorOf = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
const badCursors = [
  'forged',
  'W10',
  '%00',
  ...[Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, '\0', '\ud800'].flatMap((key) => [
    cursorOf(key, 'f'.repeat(24)),
    cursorOf(1, key, 'f'.repeat(24)),
  ]),
];

/** What a database could take for an operator, a path or a pattern, and what no field here is. */
const badValues = [{ $ne: null }, { $regex: '.*' }, { $where: 'sleep(1000)' }, [['x']], null, true];

/** Requests that differ from a good one in one thing that is wrong, as far as the document tells what would be right. */
export function malformed(operation: Operation, row: Row): Malformed[] {
  return [...badPaths(operation, row), ...badQueries(operation, row), ...badBodies(operation, row)];
}

function withBody({ body }: Row): RestCall {
  return body ? { body } : {};
}

function badPaths(operation: Operation, row: Row): Malformed[] {
  return Object.keys(row.params ?? {}).flatMap((name) =>
    badIds.map((id) => ({
      url: urlOf(operation, { ...row, params: { ...row.params, [name]: id } }),
      with: withBody(row),
    })),
  );
}

function badQueries(operation: Operation, row: Row): Malformed[] {
  const bare = urlOf(operation, { ...row, query: {} });
  const rest = Object.entries(row.query ?? {});
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const oneIsBad = parameters.flatMap(({ name, schema }) => {
    const others = rest.filter(([other]) => other !== name).map((pair) => pair.join('='));
    const values =
      schema.type === 'integer'
        ? [...badNumbers, ...(schema.maximum === Number.MAX_SAFE_INTEGER ? [] : ['1e9'])]
        : [
            '%ff',
            '%00',
            '%ED%A0%80',
            'x'.repeat((schema.maxLength ?? 0) + 1),
            ...(name === 'cursor' ? badCursors : []),
          ];
    return [
      ...values.map((value) => [...others, `${name}=${value}`]),
      [...others, `${name}=1`, `${name}=2`],
      [...others, `${name}[$gt]=1`],
    ];
  });
  const unknown = ['nope=1', 'token=x', '__proto__=1', 'constructor=1', 'clientId=x', 'conversationId=x'];
  const good = rest.map((pair) => pair.join('='));
  return [...oneIsBad, ...unknown.map((pair) => [...good, pair])].map((pairs) => ({
    url: `${bare}?${pairs.join('&')}`,
    with: withBody(row),
  }));
}

function badFor({ anyOf = [], ...plain }: Schema): unknown[] {
  const { type, maxLength } = anyOf[0] ?? plain;
  const allowed = [...(type === 'boolean' ? [true] : []), ...(anyOf.length > 0 ? [null] : [])];
  return [
    ...badValues.filter((value) => !allowed.some((other) => other === value)),
    ...(type === 'integer' ? ['10', -1, 1.5, 1e300] : [7]),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
  ];
}

function badBodies(operation: Operation, row: Row): Malformed[] {
  if (operation.method === 'GET') return [];
  const url = urlOf(operation, row);
  const { properties = {}, required = [] } = operation.requestBody?.content['application/json']?.schema ?? {};
  const good = row.body ?? {};
  const oneIsBad = Object.entries(properties).flatMap(([name, schema]) =>
    badFor(schema).map((value) => ({ ...good, [name]: value })),
  );
  const oneIsMissing = required.map((name) =>
    Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)),
  );
  const unknown = ['role', 'clientId', 'senderId', 'conversationId', '$where'].map((name) => ({
    ...good,
    [name]: 'x',
  }));
  const noObjects = ['null', '[]', '7', '"text"', '{', `${'['.repeat(1_000)}${']'.repeat(1_000)}`];
  // As text: a literal would set the prototype instead of a field.
  const polluted = JSON.stringify({ ...good, proto: { admin: true } }).replace('"proto"', '"__proto__"');
  const bodies: unknown[] = [...oneIsBad, ...oneIsMissing, ...unknown, ...noObjects, polluted];
  return [
    ...bodies.map((body) => ({ url, with: { body } })),
    { url, with: { body: JSON.stringify({ ...good, x: 1 }), headers: { 'content-type': 'text/plain' } } },
  ];
}
