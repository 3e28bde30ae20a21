import { connect } from '@confab/client';
import { echo } from './echo.ts';
import { readEnv } from './env.ts';
import { openPlaces } from './places.ts';

const { placesFile, ...options } = readEnv();
const confab = await connect(options);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void confab.close());

const { epoch } = await confab.api.conversations.list.query({ limit: 1 });
const places = openPlaces(placesFile, epoch);
// What goes wrong in one of them ends the process: whoever runs it starts it again, and nothing is answered twice.
for await (const conversation of confab.conversations()) void echo(confab, conversation, places);
