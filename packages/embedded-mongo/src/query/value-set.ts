import { encodeComponent } from '../bson/key.ts';
import { valuesEqual } from '../bson/compare.ts';
import { isNumeric, type Value } from '../bson/value.ts';

/** Membership by BSON equality, at the price of one key and one look-up however many members there are. */
export function valueSet(members: readonly Value[]): (value: Value | undefined) => boolean {
  const hasNull = members.includes(null);
  if (members.length <= 4) {
    return (value) => (value === undefined ? hasNull : members.some((member) => valuesEqual(member, value)));
  }
  const keys = new Set<string>();
  const inexact: Value[] = [];
  for (const member of members) {
    const key = encodeComponent(member);
    if (key.inexact) inexact.push(member);
    else keys.add(key.bytes.toString('latin1'));
  }
  return (value) => {
    if (value === undefined) return hasNull;
    if (keys.has(encodeComponent(value).bytes.toString('latin1'))) return true;
    return inexact.length > 0 && isNumeric(value) && inexact.some((member) => valuesEqual(member, value));
  };
}
