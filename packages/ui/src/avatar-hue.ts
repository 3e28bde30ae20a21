const hues = 10;

/**
 * One of ten hues, 0 to 9, the same for everybody: FNV-1a over the id's code units, mod 10. Ids share long prefixes (time,
 * machine), so a plain sum would put neighbours on the same few hues.
 */
export function avatarHue(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  // The low bits of FNV-1a follow the last character's; fold the high ones in before the modulo.
  hash ^= hash >>> 15;
  return (hash >>> 0) % hues;
}
