import type { Core } from '@confab/core';
import { z } from 'zod';
import type { DemoOptions } from './plan-demo.ts';

const recordSchema = z.strictObject({
  seed: z.string(),
  messages: z.int(),
  until: z.iso.datetime().transform((iso) => new Date(iso)),
  isComplete: z.boolean(),
});

/**
 * What the database itself says about the demo in it. Kept from before the first account on, so that a run which was
 * cut short is completed with the very same plan, and so that people who have the demo's names are not taken for it.
 */
export type DemoRecord = z.infer<typeof recordSchema>;

interface Fact {
  _id: string;
  value: string;
}
const _id = 'demo';

export async function readDemoRecord(core: Core): Promise<DemoRecord | null> {
  const found = await facts(core).findOne({ _id });
  return found && recordSchema.parse(JSON.parse(found.value));
}

export async function writeDemoRecord(
  core: Core,
  options: DemoOptions & Pick<DemoRecord, 'isComplete'>,
): Promise<void> {
  const { seed, messages, until, isComplete } = options;
  const value = JSON.stringify({ seed, messages, until: until.toISOString(), isComplete });
  await facts(core).updateOne({ _id }, { $set: { value } }, { upsert: true });
}

/** Where the database keeps its epoch too. */
function facts({ db }: Core) {
  return db.connection.getClient().db(db.connection.name).collection<Fact>('facts');
}
