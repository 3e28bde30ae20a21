import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { newClientId } from '@confab/contract';
import { expect, it } from 'vitest';
import { startProduct } from './product.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/bots.md'), 'utf8');

it('the program of the guide prints what others write, and ends by itself', async () => {
  const { world, url } = await startProduct();
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'harbour' });
  const program = /^```js\n(import .*?)^```$/ms.exec(guide)?.[1]?.replace('http://localhost:3000', url);
  await using events = ada.events();
  await events.until(({ type }) => type === 'live.ready');

  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program ?? ''], {
    cwd: join(import.meta.dirname, '..'),
    env: { CONFAB_LOGIN: bob.name, CONFAB_PASSWORD: bob.password },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const printed = text(child.stdout);
  const bobs = await events.until(
    (event) =>
      event.type === 'entries.appended' &&
      event.entries.some((entry) => entry.kind === 'message' && entry.senderId === bob.id),
  );
  expect(bobs).toMatchObject({ entries: [{ text: 'Good morning! Is anybody there?' }] });
  for (const said of ['I am.', 'Good night!'])
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: said });
  expect(await printed).toBe('I am.\nGood night!\n');
  expect(await exited).toBe(0);
});
