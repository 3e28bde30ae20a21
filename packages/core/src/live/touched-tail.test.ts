import { describe, expect, it } from 'vitest';
import { TouchedTail } from './touched-tail.ts';

const at = (second: number) => new Date(1_000_000 + second * 1_000);

/** A table that rows appear in after they were stamped, as writes do. */
function table() {
  const rows: { id: string; touchedAt: Date }[] = [];
  const asked: (Date | null)[] = [];
  const tail = new TouchedTail((since) => {
    asked.push(since);
    const found = rows.filter(({ touchedAt }) => touchedAt >= (since ?? at(-1_000)));
    found.sort((a, b) => b.touchedAt.getTime() - a.touchedAt.getTime());
    return Promise.resolve(since ? found : found.slice(0, 1));
  });
  const next = async () => (await tail.next()).map(({ id }) => id);
  return { rows, asked, next };
}

describe('reading what was touched', () => {
  it('begins at the newest, and not with everything there ever was', async () => {
    const { rows, asked, next } = table();
    rows.push({ id: 'old', touchedAt: at(0) }, { id: 'new', touchedAt: at(60) });
    expect(await next()).toEqual(['new']);
    expect(asked).toHaveLength(2);
    await next();
    expect(asked).toHaveLength(3);
  });

  it('meets a row that appears up to 12 s after its stamp was passed, and would miss it without looking back', async () => {
    const { rows, asked, next } = table();
    rows.push({ id: 'first', touchedAt: at(60) });
    await next();
    rows.push({ id: 'slow', touchedAt: at(49) });
    expect(await next()).toContain('slow');
    expect(asked.at(-1)).toEqual(at(48));
  });

  it('never goes back, when the clock of the database does', async () => {
    const { rows, asked, next } = table();
    rows.push({ id: 'first', touchedAt: at(60) });
    await next();
    rows.splice(0, 1, { id: 'set back', touchedAt: at(55) });
    await next();
    await next();
    expect(asked.at(-1)).toEqual(at(48));
  });
});
