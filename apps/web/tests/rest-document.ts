import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RestAnswer, RestClient } from './rest-client.ts';
import type { Row } from './rest-scene.ts';

export interface Schema {
  readonly type?: string;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  /** Of what may be null: the other type, and `null`. */
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
}

/** As much of an OpenAPI operation as the tests walk. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  /** Where it stands in the document, as a JSON pointer. */
  readonly pointer: string;
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly schema: Schema;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

export interface ApiDocument {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path' | 'pointer'>>>>
  >;
  readonly components: { readonly examples: Readonly<Record<string, { readonly value: unknown }>> };
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      pointer: `#/paths/${escaped(path)}/${method}`,
    })),
  );
}

/** The schemas of the texts that a request may hold, by where they stand in it. */
export function textsOf({ parameters = [], requestBody }: Operation): Record<string, Schema> {
  const body = requestBody?.content['application/json']?.schema.properties ?? {};
  const fields = [
    ...parameters.map(({ name, schema }) => [name, schema] as const),
    ...Object.entries(body),
  ].flatMap(([name, schema]) => textsIn(schema).map((text) => [name, text] as const));
  return Object.fromEntries(fields);
}

function textsIn({ anyOf = [], items, ...schema }: Schema): Schema[] {
  return [
    ...(schema.type === 'string' ? [schema] : []),
    ...[...anyOf, ...(items ? [items] : [])].flatMap(textsIn),
  ];
}

/** Compiles the schemas of a document, found by JSON pointer. */
export function schemasOf(document: ApiDocument): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({
    // The document itself is no schema: only parts of it are.
    strict: false,
    allErrors: true,
    formats: { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)), email: true },
  });
  ajv.addSchema({ $id: 'api', ...document });
  const compiled = new Map<string, ValidateFunction>();
  return (pointer) => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `api${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
}

/** Where the schema of an answer stands; null where the document knows no such answer. */
export function answerPointer({ pointer, responses }: Operation, answer: RestAnswer): string | null {
  const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  if (!responses[answer.status]?.content?.[type]) return null;
  return `${pointer}/responses/${String(answer.status)}/content/${escaped(type)}/schema`;
}

/** Where an operation is called for a row, its query included. */
export function urlOf({ method, path }: Operation, { params = {}, query = {} }: Row): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const search = new URLSearchParams(query).toString();
  return `${method} ${filled}${search && `?${search}`}`;
}

/** Calls an operation as a row says; by `fallback` unless the row names somebody. */
export function callRow(
  call: RestClient,
  operation: Operation,
  row: Row & { readonly fallback?: Row['by'] },
): Promise<RestAnswer> {
  const as = row.by ?? row.fallback;
  return call(urlOf(operation, row), { ...(as && { as }), ...(row.body && { body: row.body }) });
}
