import { openBackend } from '@confab/api';
import { createLog } from '@confab/log';
import { readSeedEnv } from './env.ts';
import { demoPassword, demoPeople } from './people.ts';
import { seedDemo, type SeedOutcome } from './seed-demo.ts';

const signIn = [
  `Sign in as ada, or as ${new Intl.ListFormat('en', { type: 'disjunction' }).format(demoPeople.slice(1).map(({ name }) => name))}.`,
  `The password is the same for everybody: ${demoPassword}`,
];

async function seed(): Promise<SeedOutcome> {
  const { MONGODB_URI, REDIS_URL, REDIS_NAMESPACE } = readSeedEnv();
  const backend = await openBackend({
    mongodbUri: MONGODB_URI,
    redisUrl: REDIS_URL,
    namespace: REDIS_NAMESPACE,
    log: createLog({ service: 'seed', level: 'error', destination: process.stderr }),
    publicOrigins: [],
  });
  try {
    return await seedDemo(backend.core);
  } finally {
    await backend.close();
  }
}

function report(outcome: SeedOutcome): string[] {
  switch (outcome) {
    case 'filled':
      return [
        'The demo is ready: 20 people, 8 rooms, 5 groups and 5,000 messages of the last five weeks.',
        ...signIn,
      ];
    case 'present':
      return ['The demo is there already; nothing was changed.', ...signIn];
    case 'inUse':
      return [
        'This database has accounts that are not the demo’s. Nothing was changed: seed an empty database.',
      ];
  }
}

try {
  const outcome = await seed();
  if (outcome === 'inUse') process.exitCode = 1;
  process.stdout.write(`${report(outcome).join('\n')}\n`);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(
    `The demo could not be made. ${error instanceof Error ? error.message : String(error)}\n`,
  );
}
