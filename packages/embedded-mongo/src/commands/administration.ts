import { type Doc, docOf, Double, isDoc } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { CommandDefinition } from './command.ts';
import { serverVersion } from './handshake.ts';

const parameters: Doc = docOf({
  featureCompatibilityVersion: docOf({ version: '7.0' }),
  authenticationMechanisms: [],
  requireApiVersion: false,
  enableTestCommands: false,
});

const getParameter: CommandDefinition = {
  fields: [...parameters.keys(), 'allParameters'],
  run: (_context, command) => {
    const wanted = command.fields.get('getParameter');
    const all = wanted === '*' || (isDoc(wanted) && wanted.get('allParameters') === true);
    const found: Doc = new Map([...parameters].filter(([name]) => all || command.fields.has(name)));
    if (found.size === 0) throw new StoreError('InvalidOptions', 'no option found to get');
    return found;
  },
};

const serverStatus: CommandDefinition = {
  fields: [],
  run: ({ store }) =>
    docOf({
      version: serverVersion,
      process: 'confab-store',
      pid: BigInt(process.pid),
      uptime: new Double(process.uptime()),
      cpu: docOf({
        userMicros: BigInt(process.cpuUsage().user),
        systemMicros: BigInt(process.cpuUsage().system),
      }),
      garbage: store.catalog.garbage.size,
    }),
};

const configureFailPoint: CommandDefinition = {
  fields: ['mode', 'data'],
  run: ({ failPoint, allowFailPoints }, command) => {
    if (!allowFailPoints) throw new StoreError('CommandNotFound', "no such command: 'configureFailPoint'");
    if (command.fields.get('configureFailPoint') !== 'failCommand')
      throw new StoreError('BadValue', 'only the failpoint failCommand is supported');
    failPoint.configure(command.get('mode'), command.doc('data'));
    return docOf({});
  },
};

export const administration: Record<string, CommandDefinition> = {
  getParameter,
  serverStatus,
  configureFailPoint,
};
