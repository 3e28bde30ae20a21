const lengthMax = 65_536;
const lengthRatio = 8;
/** Eight times the input costs eight times as much where work is linear, and 64 times where it is its square. */
const growthMax = 24;
/** Less is noise: a square of 64 Ki steps takes far more. */
const noiseMs = 20;

/** CPU time of this process, which a busy machine does not stretch. */
async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * Whether the work over an input grows no faster than the input: 64 KiB of it beside 8. What seems to is measured again,
 * because a collection of garbage may fall on either.
 * @param length of the large input; less for what is known to take long
 */
export async function growsLinearly(work: (length: number) => unknown, length = lengthMax): Promise<boolean> {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const large = await cpuMs(() => work(length));
    if (large < noiseMs || large < growthMax * (await cpuMs(() => work(length / lengthRatio)))) return true;
  }
  return false;
}
