/** The form under which names are compared: NFKC, case folded. `Ada` and `ada` are the same name. */
export function foldName(name: string): string {
  // Upper then lower catches what one of them alone leaves apart (ß and ss, ſ and s, final sigma).
  const folded = name.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
  // They look alike, and people type the one for the other.
  return folded.replaceAll('ʼ', 'ʻ');
}

/** The form under which names are searched: folded and without accents, so that "jose" finds "José". */
export function searchKey(name: string): string {
  return foldName(name).normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}
