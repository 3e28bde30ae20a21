import { check } from '../checker/check.ts';
import { Device } from '../clients/device.ts';
import { withForgedAcknowledgements } from '../clients/forged-acknowledgements.ts';
import type { Population } from '../clients/population.ts';
import { until } from '../pause.ts';
import { seededRandom } from '../random.ts';
import type { Reader } from './reader.ts';

const onlineMaxMs = 20_000;

/**
 * Would a loss be noticed? One more device, whose transport acknowledges without sending, on the same product; true
 * when the checker reports its message as lost.
 */
export async function findsForgedAcknowledgement(
  urls: { readonly url: string; readonly origin: string },
  population: Population,
  reader: Reader,
): Promise<boolean> {
  const { users, conversations } = population;
  const [user] = users;
  const conversation = conversations.find(({ members }) => user && members.includes(user));
  if (user === undefined || conversation === undefined) throw new Error('nobody is there');
  const device = new Device({
    ...urls,
    number: 9_999,
    user,
    conversations: [conversation],
    random: seededRandom('control'),
    wrap: (transport) => withForgedAcknowledgements(transport, user.id),
  });
  device.start();
  try {
    await until(() => device.isOnline, { maxMs: onlineMaxMs });
    device.send(conversation.id, 'acknowledged, and never sent');
    await until(() => device.journal.acknowledged.length > 0, { maxMs: onlineMaxMs });
    const log = device.log();
    const found = check({ devices: [log], snapshots: await reader.readAll() });
    return found.some(({ kind, clientId }) => kind === 'lost' && clientId === log.acknowledged[0]?.clientId);
  } finally {
    device.stop();
  }
}
