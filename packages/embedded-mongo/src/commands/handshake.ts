import { type Doc, docOf } from '../bson/value.ts';
import { documentBytesMax } from '../storage/write-document.ts';
import type { CommandContext, CommandDefinition } from './command.ts';

export const messageBytesMax = 48_000_000;
export const writeBatchMax = 1_000;
/** The MongoDB version whose behaviour this server follows. */
export const serverVersion = '7.0.0';
const wireVersionMax = 21;

/**
 * A standalone server: no setName and no msg, which would make drivers number their writes for retries; no
 * topologyVersion, which would make them stream hello.
 */
export function helloReply(context: CommandContext, name: string): Doc {
  return docOf({
    helloOk: true,
    ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
    maxBsonObjectSize: documentBytesMax,
    maxMessageSizeBytes: messageBytesMax,
    maxWriteBatchSize: writeBatchMax,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: context.connectionId,
    minWireVersion: 0,
    maxWireVersion: wireVersionMax,
    readOnly: false,
  });
}

function hello(name: string): CommandDefinition {
  return {
    // Greetings carry what newer drivers know; a server answers with what it knows.
    fields: 'any',
    run: (context) => helloReply(context, name),
  };
}

const buildInfo: CommandDefinition = {
  fields: [],
  run: () =>
    docOf({
      version: serverVersion,
      gitVersion: 'embedded',
      modules: [],
      storageEngines: ['lmdb'],
      versionArray: [7, 0, 0, 0],
      bits: 64,
      debug: false,
      maxBsonObjectSize: documentBytesMax,
    }),
};

const empty: CommandDefinition = { fields: [], run: () => docOf({}) };

export const handshake: Record<string, CommandDefinition> = {
  hello: hello('hello'),
  isMaster: hello('isMaster'),
  ismaster: hello('ismaster'),
  ping: empty,
  buildInfo,
  buildinfo: buildInfo,
  // Sessions carry no state here: there are no transactions to end.
  endSessions: empty,
  refreshSessions: empty,
  killSessions: empty,
  connectionStatus: {
    fields: ['showPrivileges'],
    run: () => docOf({ authInfo: docOf({ authenticatedUsers: [], authenticatedUserRoles: [] }) }),
  },
};
