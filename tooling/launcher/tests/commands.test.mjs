// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../src/root.mjs';

it('every command of the repository has its program', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const programs = Object.values(scripts).flatMap((script) => /\bnode (\S+)/.exec(script)?.[1] ?? []);
  expect(programs.length).toBeGreaterThan(8);
  expect(programs.filter((program) => !existsSync(join(root, program)))).toEqual([]);
});
