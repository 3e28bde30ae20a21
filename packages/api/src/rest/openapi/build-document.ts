import { type ErrorCode, errorTable } from '@confab/contract';
import { components } from '../answers.ts';
import { registryToJsonSchemas, toJsonSchema } from '../json-schema.ts';
import type { Operation } from '../operation.ts';
import { problemSchema, toProblem } from '../problem.ts';
import { buildOperation } from './build-operation.ts';
import type { OpenApiDocument, OpenApiExample } from './document.ts';

const description = `
What the web app does with people, conversations and messages, for other programs. Send \`Authorization: Bearer <token>\`
with the token of a login; tokens never stand in URLs. Bodies are JSON of at most 64 KiB; lengths of texts count UTF-16
units. A field or parameter that is not listed is refused. Where an \`Idempotency-Key\` is listed, the same request under
the same key happens once.`.trim();

const tags = [
  { name: 'auth', description: 'Accounts and sessions' },
  { name: 'users', description: 'People' },
  { name: 'rooms', description: 'Public rooms' },
  { name: 'conversations', description: 'Conversations: direct, group and room' },
  { name: 'messages', description: 'Messages and history' },
  { name: 'members', description: 'Who is in a conversation' },
];

/**
 * The whole API, from the table of routes and the schemas behind it.
 * @param sessionCookie what the cookie of a session is called
 */
export function buildDocument(operations: readonly Operation[], sessionCookie: string): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: buildOperation(operation),
    };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Confab', version: '1', description },
    servers: [{ url: '/' }],
    tags,
    security: [{ token: [] }, { cookie: [] }],
    paths,
    components: {
      schemas: {
        ...registryToJsonSchemas(components),
        Problem: toJsonSchema(problemSchema, { io: 'output' }),
      },
      examples: Object.fromEntries(
        (Object.keys(errorTable) as ErrorCode[]).map((code) => [code, errorExample(code)]),
      ),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Of `POST /api/auth/login`.' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description:
            'Of a browser that is signed in; named by installation and port. Changes are refused from pages of other origins.',
        },
      },
    },
  };
}

function errorExample(code: ErrorCode): OpenApiExample {
  const { sentence, http } = errorTable[code];
  const details = { code, ...(http === 429 && { retryAfterMs: 5_800 }) };
  return { summary: sentence, value: toProblem({ details, message: sentence }) };
}
