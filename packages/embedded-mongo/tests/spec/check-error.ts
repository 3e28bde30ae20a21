import { MongoBulkWriteError, MongoClientBulkWriteError, MongoError, MongoServerError } from 'mongodb';
import { type FindEntity, matchValue } from './match-value.ts';
import type { ExpectedError } from './spec-file.ts';

/** Throws unless `error`, which an operation failed with, is the one that the test expects. */
export function checkError(expected: ExpectedError, error: unknown, findEntity: FindEntity): void {
  if (!(error instanceof MongoError)) throw error;
  const fromServer = error instanceof MongoServerError;
  if (expected.isClientError !== undefined)
    must(fromServer !== expected.isClientError, 'isClientError', error);
  if (expected.errorContains !== undefined)
    must(error.message.toLowerCase().includes(expected.errorContains.toLowerCase()), 'errorContains', error);
  if (expected.errorCode !== undefined) matchValue(expected.errorCode, error.code, findEntity);
  if (expected.errorCodeName !== undefined)
    must(fromServer && error.codeName === expected.errorCodeName, 'errorCodeName', error);
  for (const label of expected.errorLabelsContain ?? [])
    must(error.hasErrorLabel(label), `label ${label}`, error);
  for (const label of expected.errorLabelsOmit ?? [])
    must(!error.hasErrorLabel(label), `no label ${label}`, error);
  if (expected.errorResponse !== undefined)
    matchValue(expected.errorResponse, fromServer ? error.errorResponse : undefined, findEntity);
  if (expected.expectResult !== undefined)
    matchValue(expected.expectResult, partialResult(error), findEntity);
}

/** What a bulk write had done before it failed. */
function partialResult(error: MongoError): unknown {
  if (error instanceof MongoBulkWriteError) return error.result;
  return error instanceof MongoClientBulkWriteError ? error.partialResult : undefined;
}

function must(holds: boolean, what: string, error: MongoError): void {
  if (!holds) throw new Error(`the error is not as expected (${what})`, { cause: error });
}
