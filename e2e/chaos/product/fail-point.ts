import { MongoClient } from 'mongodb';

/** What `failCommand` does to the commands it names; MongoDB's own words. */
export interface FailCommand {
  readonly failCommands: readonly string[];
  readonly errorCode?: number;
  readonly closeConnection?: boolean;
  readonly blockConnection?: boolean;
  readonly blockTimeMS?: number;
  readonly writeConcernError?: { readonly code: number; readonly errmsg: string };
}

/** Makes the store fail for so many commands, or behave again (`times: 0`). */
export async function setFailPoint(uri: string, times: number, data: FailCommand): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 2_000, socketTimeoutMS: 2_000 });
  try {
    const mode = times === 0 ? 'off' : { times };
    await client.db('admin').command({ configureFailPoint: 'failCommand', mode, data });
  } finally {
    await client.close();
  }
}
