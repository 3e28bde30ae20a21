/** An error as it is logged. Its own message and stack, then what caused it. */
interface ErrorFields {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorFields;
}

/** A longer chain of causes is cut: it may be a circle. */
const causesMax = 5;

/**
 * A thrown value as log fields: `{ error }`. Fields that errors carry beside (a driver's reply, a request) are left
 * out, because nobody knows what secrets are in them.
 */
export function errorFields(error: unknown): { error: ErrorFields } {
  return { error: describe(error, 0) };
}

function describe(error: unknown, depth: number): ErrorFields {
  if (!(error instanceof Error)) return { name: typeof error, message: describeValue(error) };
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && depth < causesMax && { cause: describe(error.cause, depth + 1) }),
  };
}

function describeValue(value: unknown): string {
  return typeof value === 'string' ? value : `not an error but ${value === null ? 'null' : typeof value}`;
}
