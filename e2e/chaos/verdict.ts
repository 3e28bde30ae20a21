import { violationKinds } from './checker/violation.ts';
import { faults } from './faults/disturb.ts';
import type { SegmentPlan } from './segment/plan.ts';
import type { SegmentResult } from './segment/run-segment.ts';

/** Everything that a segment is held to; the value says whether it holds. */
export function verdict({ once, wanted }: SegmentPlan, result: SegmentResult): Map<string, boolean> {
  const kinds = violationKinds.map(
    (kind) => [`none ${kind}`, result.violations.every((violation) => violation.kind !== kind)] as const,
  );
  const verdicts = new Map<string, boolean>([
    ...kinds,
    ['nothing outlives the supervisor', result.supervisorKills > 0 && result.outlivedSupervisor.length === 0],
    ['a forged acknowledgement is found lost', result.findsForgedAcknowledgement],
  ]);
  if (once) {
    verdicts.set(
      'every kind of fault came',
      faults.every(({ name }) => (result.faults[name] ?? 0) > 0) &&
        Object.entries(wanted).every(([name, count]) => result.kills[name as keyof typeof wanted] >= count),
    );
  }
  return verdicts;
}
