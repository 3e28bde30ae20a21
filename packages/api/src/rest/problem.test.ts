import { expect, test } from 'vitest';
import { problemHeaders, problemSchema, toProblem } from './problem.ts';

test('a refusal says in whole seconds, rounded up, when to try again', () => {
  const problem = toProblem({ details: { code: 'RATE_LIMITED', retryAfterMs: 5_001 }, message: 'Wait.' });
  expect(problemSchema.parse(problem)).toMatchObject({ status: 429, retryAfterMs: 5_001, detail: 'Wait.' });
  expect(problemHeaders(problem)).toMatchObject({ 'retry-after': '6' });
});

test('a server that is away says it too, though it does not know', () => {
  const problem = toProblem({ details: { code: 'UNAVAILABLE' }, message: 'Away.' });
  expect(problemHeaders(problem)).toMatchObject({ 'retry-after': '1' });
});

test('what a retry cannot change says nothing of one', () => {
  const problem = toProblem({ details: { code: 'BAD_INPUT', field: 'name' }, message: 'No.' });
  expect(problemHeaders(problem)).toEqual({ 'content-type': 'application/problem+json' });
});
