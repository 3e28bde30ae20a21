import { foldName, searchKey } from '@confab/contract';
import type { World } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { examinedBy } from './examined.ts';
import { aWorld } from './scene.ts';

/** People as registration stores them, without the cost of their passwords. */
async function addPeople({ backend }: World, names: readonly string[]): Promise<void> {
  const { users } = backend.core.db;
  await users.model.insertMany(
    names.map((name) => ({
      name,
      nameKey: foldName(name),
      nameKeys: [foldName(name)],
      searchKey: searchKey(name),
      email: `${Buffer.from(name).toString('hex')}@example.org`,
      passwordHash: 'none',
      role: 'user',
      createdAt: new Date(),
    })),
  );
}

async function search({ api }: Awaited<ReturnType<World['person']>>, prefix: string, limit = 50) {
  const found: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await api.users.search({ prefix, limit, ...(cursor && { cursor }) });
    found.push(...page.users.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

describe('the search for people', () => {
  it('finds by the start of a name, in any case, with or without accents', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    await addPeople(world, ['Josephine', 'José', 'joschka', 'Jörg', 'banjo', 'Ωmega']);
    expect(await search(ada, 'JO')).toEqual(['Jörg', 'joschka', 'José', 'Josephine']);
    expect(await search(ada, 'jö')).toEqual(await search(ada, 'jo'));
    expect(await search(ada, 'ω')).toEqual(['Ωmega']);
    expect(await search(ada, '.*')).toEqual([]);
  });

  it('puts who is called exactly so first, accents included, once, whatever the size of a page', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    await addPeople(world, ['jose', 'josé', 'jósé', 'josef', 'jos']);
    for (const limit of [1, 2, 3, 50]) {
      const found = await search(ada, 'Jósé', limit);
      expect(found[0]).toBe('jósé');
      expect(found.slice(1, 3).sort()).toEqual(['jose', 'josé']);
      expect(found.slice(3)).toEqual(['josef']);
    }
    // Oneself is not found, by one's exact name either.
    await addPeople(world, ['adam']);
    expect(await search(ada, 'ada')).toEqual(['adam']);
  });

  it('examines its own page, however many people there are and wherever the page stands', async () => {
    const world = await aWorld({ monitorCommands: true });
    const ada = await world.person('ada');
    const names = Array.from({ length: 600 }, (_, i) => `person${String(i).padStart(4, '0')}`);
    await addPeople(world, names);
    const cursors: (string | null)[] = [null];
    for (let page = 0; page < 4; page++) {
      const cursor = cursors.at(-1);
      const examined = await examinedBy(world, async () => {
        const answer = await ada.api.users.search({ prefix: 'per', limit: 20, ...(cursor && { cursor }) });
        expect(answer.users).toHaveLength(20);
        cursors.push(answer.nextCursor);
      });
      // The page, the one that tells of another page, the reader, and the one where the page before ended.
      const found = examined.filter(({ collection }) => collection === 'users');
      expect(found.reduce((sum, { documents }) => sum + documents, 0)).toBeLessThanOrEqual(23);
    }
    // Control: a part of a name that is not its start would be looked for among everybody.
    const { users } = world.backend.core.db;
    const all = await examinedBy(world, () => users.model.find({ searchKey: /0599$/ }).lean());
    expect(all[0]?.documents).toBeGreaterThanOrEqual(600);
  });
});
