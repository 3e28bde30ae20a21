/** `STORE_KILL_ROUNDS`: how often the store is killed under its writers; 5 where it is not set. */
export function readKillRounds(): number {
  const rounds = Number(process.env['STORE_KILL_ROUNDS'] || 5);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error('STORE_KILL_ROUNDS must be a positive integer');
  return rounds;
}
