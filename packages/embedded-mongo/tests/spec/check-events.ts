import { BSON } from 'mongodb';
import type { SeenEvent } from './entities.ts';
import { type FindEntity, matchValue } from './match-value.ts';
import type { ExpectedEvents } from './spec-file.ts';

/** Throws unless a client's command events are those that the test expects, in their order. */
export function checkEvents(
  expected: ExpectedEvents,
  seen: readonly SeenEvent[],
  findEntity: FindEntity,
): void {
  if (expected.eventType !== undefined && expected.eventType !== 'command')
    throw new Error(`the runner watches no ${expected.eventType} events`);
  const fits = expected.ignoreExtraEvents
    ? seen.length >= expected.events.length
    : seen.length === expected.events.length;
  if (!fits) throw new Error(`expected ${expected.events.length} events, saw ${show(seen)}`);
  for (const [index, event] of expected.events.entries()) {
    const [[name, fields] = ['', {}]] = Object.entries(event);
    const actual = seen[index];
    if (actual?.name !== name) throw new Error(`event ${index}: expected ${name}, saw ${show(seen)}`);
    for (const [field, value] of Object.entries(fields))
      matchValue(value, Reflect.get(actual.event, field), findEntity);
  }
}

const show = (seen: readonly SeenEvent[]): string =>
  seen
    .map(({ name, event }) => `${name} ${BSON.EJSON.stringify(Reflect.get(event, 'command'))}`)
    .join(', ') || 'none';
