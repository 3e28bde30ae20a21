import type { Doc } from '../bson/value.ts';

/** MongoDB's error codes that this server answers with (src/mongo/base/error_codes.yml). */
export const errorCodes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  InterruptedAtShutdown: 11600,
  Interrupted: 11601,
  DuplicateKey: 11000,
  CursorInUse: 12051,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  OutOfDiskSpace: 14031,
} as const;

export type ErrorName = keyof typeof errorCodes;

/** A refusal the client sees: `code` and `codeName` are MongoDB's own, `extra` travels beside them. */
export class StoreError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly extra: Doc | undefined;

  /** `code`: a name of the table, or the number of a MongoDB "Location" error. */
  constructor(code: ErrorName | number, message: string, extra?: Doc) {
    super(message);
    this.code = typeof code === 'number' ? code : errorCodes[code];
    this.codeName = typeof code === 'number' ? `Location${code}` : code;
    this.extra = extra;
  }
}
