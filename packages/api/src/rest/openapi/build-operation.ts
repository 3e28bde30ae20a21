import { idempotencyKeyPattern } from '../idempotency-key.ts';
import { componentRef, type JsonSchema } from '../json-schema.ts';
import { componentId } from '../answers.ts';
import type { Operation } from '../operation.ts';
import { buildProblems } from './build-problems.ts';
import type { OpenApiOperation, OpenApiParameter, OpenApiResponse } from './document.ts';

export function buildOperation(operation: Operation): OpenApiOperation {
  const { procedure, summary, note, open } = operation;
  const parameters = buildParameters(operation);
  const requestBody = buildBody(operation);
  return {
    operationId: procedure,
    tags: [procedure.split('.', 1)[0] ?? ''],
    summary,
    ...(note !== undefined && { description: note }),
    ...(open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { ...buildSuccess(operation), ...buildProblems(operation) },
  };
}

function buildParameters(operation: Operation): OpenApiParameter[] {
  const { fields, required, example, pathFields, ownFields, method } = operation;
  const examples: Readonly<Record<string, unknown>> = { ...example.input };
  const parameter = (name: string, place: 'path' | 'query'): OpenApiParameter => ({
    name,
    in: place,
    required: required.includes(name),
    schema: fields[name] ?? {},
    ...(name in examples && { example: examples[name] }),
  });
  return [
    ...pathFields.map((name) => parameter(name, 'path')),
    ...(method === 'GET' ? ownFields.map((name) => parameter(name, 'query')) : []),
    ...(operation.idempotent ? [idempotencyKey] : []),
  ];
}

const idempotencyKey: OpenApiParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Sent again with the same key, the same request happens once; another request under it is refused (409).',
  schema: { type: 'string', pattern: idempotencyKeyPattern },
  example: '3f1c8f6e-8a3b-4d7e-9d52-0f4c7e1b2a90',
};

function buildBody({
  method,
  fields,
  required,
  ownFields,
  ownFieldsMin,
  example,
}: Operation): OpenApiOperation['requestBody'] {
  if (method === 'GET' || ownFields.length === 0) return undefined;
  const schema: JsonSchema = {
    type: 'object',
    properties: pick(fields, ownFields),
    required: required.filter((name) => ownFields.includes(name)),
    ...(ownFieldsMin > 0 && { minProperties: ownFieldsMin }),
    additionalProperties: false,
  };
  const content = { 'application/json': { schema, example: pick({ ...example.input }, ownFields) } };
  return { required: true, content };
}

function buildSuccess({ answer, created, example, summary }: Operation): Record<string, OpenApiResponse> {
  if (!answer) return { '204': { description: 'Done' } };
  const content = {
    'application/json': { schema: { $ref: componentRef(componentId(answer)) }, example: example.answer },
  };
  return { [created ? '201' : '200']: { description: summary, content } };
}

function pick<T>(from: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}
