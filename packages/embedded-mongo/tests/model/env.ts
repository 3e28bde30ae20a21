interface ModelEnv {
  /** `STORE_MODEL_RUNS`: random collections to compare; 200 where it is not set. */
  runs: number;
  /** `STORE_MODEL_SEED`: the seed to draw from. Always the same one by default, so that a run says something about the change
   * at hand; other seeds search for what is wrong already. */
  seed: number;
  /** `STORE_TEST_URI`: a server to compare instead of our own store; null: our own. */
  uri: string | null;
}

export function readModelEnv(): ModelEnv {
  const seed = process.env['STORE_MODEL_SEED'];
  return {
    runs: integer('STORE_MODEL_RUNS', process.env['STORE_MODEL_RUNS'] || '200'),
    seed: seed ? integer('STORE_MODEL_SEED', seed) : 1_374_462_092,
    uri: process.env['STORE_TEST_URI'] || null,
  };
}

function integer(name: string, text: string): number {
  if (!/^-?\d+$/.test(text)) throw new Error(`${name} must be an integer, not ${text}`);
  return Number(text);
}
