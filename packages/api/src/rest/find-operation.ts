import { ConfabError } from '@confab/contract';
import type { Operation } from './operation.ts';
import type { Method } from './route.ts';

/** Everything that answers under one path. */
export interface Place {
  readonly operations: ReadonlyMap<Method, Operation>;
  /** Fields that stand in the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly regex: RegExp;
  readonly names: readonly string[];
  readonly operations: Map<Method, Operation>;
}

/** Finds what answers under a path; null where nothing does. */
export type FindPlace = (path: string) => Place | null;

export function createFindPlace(operations: readonly Operation[]): FindPlace {
  const patterns = new Map<string, Pattern>();
  for (const operation of operations) {
    const pattern = patterns.get(operation.path) ?? toPattern(operation);
    if (pattern.operations.has(operation.method)) {
      throw new Error(`two operations for ${operation.method} ${operation.path}`);
    }
    pattern.operations.set(operation.method, operation);
    patterns.set(operation.path, pattern);
  }
  return (path) => {
    for (const { regex, names, operations } of patterns.values()) {
      const values = regex.exec(path)?.slice(1);
      if (values) return { operations, params: zip(names, values.map(decodeSegment)) };
    }
    return null;
  };
}

function toPattern({ path, pathFields }: Operation): Pattern {
  const source = path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '([^/]+)');
  return { regex: new RegExp(`^${source}$`), names: pathFields, operations: new Map() };
}

function zip(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', { message: 'The path is not valid UTF-8.', cause });
  }
}

/** For the header of the same name. */
export function allowedMethods(methods: Iterable<Method>): string {
  return [...methods]
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .concat('OPTIONS')
    .join(', ');
}
