import { type ErrorCode, type ErrorDetails, errorTable } from '@confab/contract';
import { z } from 'zod';

/** Of a refusal that says nothing more precise, where HTTP wants a number. */
const retryAfterDefaultMs = 1_000;

/** RFC 9457, with the fields that a tRPC error carries too. */
export const problemSchema = z.strictObject({
  type: z.string().describe('Leads to the error’s description, relative to this server.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('For people.'),
  code: z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]).describe('For programs.'),
  field: z.string().optional().describe('What is to blame: a field, parameter or header.'),
  retryAfterMs: z.number().optional().describe('When a retry makes sense.'),
  sessionRevoked: z.literal(true).optional().describe('Somebody ended this session: it did not expire.'),
  correlationId: z.string().optional().describe('Under which the server’s log tells more.'),
});
export type Problem = z.infer<typeof problemSchema>;

export interface Refusal {
  readonly details: ErrorDetails;
  /** For people. */
  readonly message: string;
  /** Instead of the code's own. */
  readonly status?: number;
}

export function toProblem({ details, message, status }: Refusal): Problem {
  const { http, sentence } = errorTable[details.code];
  return {
    type: `/api/docs#${details.code}`,
    title: sentence,
    status: status ?? http,
    detail: message,
    ...details,
  };
}

/** What stands in the headers beside a problem. */
export function problemHeaders({ status, retryAfterMs }: Problem): Record<string, string> {
  const waitMs = retryAfterMs ?? (status === 429 || status === 503 ? retryAfterDefaultMs : null);
  return {
    'content-type': 'application/problem+json',
    ...(waitMs !== null && { 'retry-after': String(Math.ceil(waitMs / 1_000)) }),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
  };
}
