import { isDoc, type Value } from './value.ts';

/** Called with each value a path reaches; `index` is the position in the outermost array passed. True stops. */
export type Visit = (value: Value | undefined, index: number | undefined) => boolean;

const arrayIndex = /^(0|[1-9]\d*)$/;

export function splitPath(path: string): readonly string[] {
  return path.split('.');
}

/** The position that a path part names inside an array, or undefined. */
export function indexOfPart(part: string | undefined): number | undefined {
  return part !== undefined && arrayIndex.test(part) ? Number(part) : undefined;
}

/**
 * Visits what a query path reaches, as MongoDB does: arrays on the way are entered (elements that are documents,
 * and the element that a numeric part names); the last value is visited as it is, arrays unopened.
 */
export function visitPath(value: Value | undefined, parts: readonly string[], visit: Visit): boolean {
  return step(value, { parts, visit }, 0, undefined);
}

interface Walk {
  readonly parts: readonly string[];
  readonly visit: Visit;
}

function step(value: Value | undefined, walk: Walk, depth: number, index: number | undefined): boolean {
  const part = walk.parts[depth];
  if (part === undefined) return walk.visit(value, index);
  if (isDoc(value)) return step(value.get(part), walk, depth + 1, index);
  if (!Array.isArray(value)) return walk.visit(undefined, index);
  const position = indexOfPart(part);
  if (position !== undefined && position < value.length) {
    if (step(value[position], walk, depth + 1, index)) return true;
  }
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    if (isDoc(item) && step(item, walk, depth, index ?? i)) return true;
  }
  return false;
}

/** As `visitPath`, and an array at the end is also visited element by element. */
export function visitLeaves(value: Value | undefined, parts: readonly string[], visit: Visit): boolean {
  return visitPath(value, parts, (leaf, index) => {
    if (Array.isArray(leaf)) {
      for (let i = 0; i < leaf.length; i++) if (visit(leaf[i], index ?? i)) return true;
    }
    return visit(leaf, index);
  });
}
