import { type ErrorCode, errorTable } from '@confab/contract';
import { componentRef } from '../json-schema.ts';
import type { Operation } from '../operation.ts';
import type { OpenApiResponse } from './document.ts';

/** Everything that an operation may refuse with, by status. */
export function buildProblems(operation: Operation): Record<string, OpenApiResponse> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(operation)) {
    const { http } = errorTable[code];
    byStatus.set(http, [...(byStatus.get(http) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [String(status), buildProblem(status, codes)]),
  );
}

function errorsOf({ open, method, ownFields, errors = [] }: Operation): ErrorCode[] {
  const codes: ErrorCode[] = [
    'BAD_INPUT',
    ...(open ? [] : ['UNAUTHENTICATED' as const]),
    ...(method === 'GET' ? [] : ['CROSS_SITE' as const]),
    ...(method === 'GET' || ownFields.length === 0 ? [] : ['TOO_LARGE' as const]),
    // Of the reads of a person, or of what an address asks for.
    'RATE_LIMITED',
    ...errors,
    'INTERNAL',
    'UNAVAILABLE',
  ];
  return [...new Set(codes)];
}

function buildProblem(status: number, codes: readonly ErrorCode[]): OpenApiResponse {
  const waits = status === 429 || status === 503 || codes.includes('SILENCED');
  return {
    description: codes.map((code) => `\`${code}\`: ${errorTable[code].sentence}`).join('\n'),
    ...(waits && {
      headers: { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer', minimum: 1 } } },
    }),
    content: {
      'application/problem+json': {
        schema: { $ref: componentRef('Problem') },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}
