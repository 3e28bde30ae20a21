/** The database did not answer in time. What was asked may still be done. */
export class NotAnsweredError extends Error {
  override readonly name = 'NotAnsweredError';
}

/**
 * What a question to the database gives, unless that takes longer than `waitMs`: a database that stands still closes no
 * connection, and the driver waits for it longer than people do. @throws NotAnsweredError
 */
export async function answeredWithin<T>(waitMs: number, question: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NotAnsweredError(`no answer within ${String(waitMs)} ms`));
    }, waitMs);
  });
  try {
    return await Promise.race([question, late]);
  } finally {
    clearTimeout(timer);
  }
}
