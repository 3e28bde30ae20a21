import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BSON } from 'mongodb';
import type { SpecFile } from './spec-file.ts';

/** Every specification file under `directory`, by its path from there, in the order of those paths. */
export function loadSpecFiles(directory: string): Map<string, SpecFile> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort();
  return new Map(
    paths.map((path) => {
      const text = readFileSync(join(directory, path), 'utf8');
      return [path, BSON.EJSON.parse(text, { relaxed: false }) as SpecFile];
    }),
  );
}
