import { mongo } from 'mongoose';
import { NotAnsweredError } from './answered-within.ts';

/**
 * Codes of a server that is there and cannot serve now: shutting down, stepping down, not primary, cut off from the
 * others, or out of space. Of https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
 */
const unavailableCodes: ReadonlySet<unknown> = new Set([
  6, 7, 64, 89, 91, 189, 9001, 10_107, 11_600, 11_602, 13_435, 13_436, 14_031,
]);

/** Of the system: a connection that is cut while it is written to. The driver passes it on as it is. */
const cutCodes: ReadonlySet<unknown> = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ENOTCONN',
  'ETIMEDOUT',
]);

/**
 * True for what the driver throws when the database is away, or takes no writes now: expected, and worth a retry.
 * Whether a write was stored is then unknown.
 */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof NotAnsweredError) return true;
  if (error instanceof mongo.MongoNetworkError) return true;
  if (error instanceof mongo.MongoServerSelectionError) return true;
  // This process closes, and a call is still under way.
  if (error instanceof mongo.MongoNotConnectedError) return true;
  if (error instanceof mongo.MongoWriteConcernError) return true;
  if (error instanceof Error && 'syscall' in error && 'code' in error && cutCodes.has(error.code))
    return true;
  // A bulk write wraps the failure that ended it.
  if (error instanceof mongo.MongoBulkWriteError && isUnavailable(error.errorResponse)) return true;
  return error instanceof mongo.MongoServerError && unavailableCodes.has(error.code);
}
