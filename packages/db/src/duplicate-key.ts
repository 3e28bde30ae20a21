import { mongo } from 'mongoose';

/** A unique index refused a write. `index` is the index's name, as given in indexes.ts. */
export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';
  readonly index: string;

  constructor(index: string, cause: unknown) {
    super(`duplicate key in ${index}`, { cause });
    this.index = index;
  }
}

const duplicateKeyCode = 11000;

/** The name of the unique index in an E11000 message: bulk errors carry it nowhere else. */
export function duplicateKeyIndex(message: string): string {
  return /index: (\S+)/.exec(message)?.[1] ?? 'unknown';
}

/** Runs a write and turns MongoDB's E11000 into a {@link DuplicateKeyError}. */
export async function refusingDuplicates<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === duplicateKeyCode) {
      throw new DuplicateKeyError(duplicateKeyIndex(error.message), error);
    }
    throw error;
  }
}
