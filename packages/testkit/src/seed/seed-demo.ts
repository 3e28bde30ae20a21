import type { Core } from '@confab/core';
import { readDemoRecord, writeDemoRecord } from './demo-record.ts';
import { fillDemo } from './fill-demo.ts';
import { type DemoOptions, planDemo } from './plan-demo.ts';

/** `present`: the demo was there already. `inUse`: other accounts are. Either way nothing was changed. */
export type SeedOutcome = 'filled' | 'present' | 'inUse';

/**
 * Fills an empty database with the demo, once. A run that was cut short is completed by the next one, with the
 * options of the first.
 */
export async function seedDemo(core: Core, options: Partial<DemoOptions> = {}): Promise<SeedOutcome> {
  const record = await readDemoRecord(core);
  if (record?.isComplete) return 'present';
  if (!record && (await hasAccounts(core))) return 'inUse';
  const chosen = record ?? { seed: 'tides', until: core.now(), messages: 5_000, ...options };
  const plan = planDemo(chosen);
  await writeDemoRecord(core, { ...chosen, isComplete: false });
  await fillDemo(core, plan);
  await writeDemoRecord(core, { ...chosen, isComplete: true });
  return 'filled';
}

async function hasAccounts(core: Core): Promise<boolean> {
  const found = await core.db.users.search({ prefix: '', after: null, exceptIds: [], limit: 1 });
  return found.length > 0;
}
