import { type ViolationKind, violationKinds, violationText } from './checker/violation.ts';
import { faults } from './faults/disturb.ts';
import { components } from './faults/stage.ts';
import type { SegmentPlan } from './segment/plan.ts';
import type { SegmentResult } from './segment/run-segment.ts';

/** Everything that a segment is held to; the value is what speaks against it, null when it holds. */
export function verdict({ once, wanted }: SegmentPlan, result: SegmentResult): Map<string, string | null> {
  const { supervisorKills, outlivedSupervisor } = result;
  const verdicts = new Map<string, string | null>([
    ...violationKinds.map((kind) => [`none ${kind}`, firstOf(kind, result)] as const),
    [
      'nothing outlives the supervisor',
      supervisorKills > 0 && outlivedSupervisor.length === 0
        ? null
        : `${supervisorKills} kills; ${outlivedSupervisor.join(', ')} outlived it`,
    ],
    [
      'a forged acknowledgement is found lost',
      result.findsForgedAcknowledgement ? null : 'the check found nothing',
    ],
  ]);
  if (once) {
    const missing = [
      ...faults.map(({ name }) => name).filter((name) => (result.faults[name] ?? 0) === 0),
      ...components.filter((name) => result.kills[name] < wanted[name]).map((name) => `kill ${name}`),
    ];
    verdicts.set('every kind of fault came', missing.length === 0 ? null : `without ${missing.join(', ')}`);
  }
  return verdicts;
}

/** How many there are, and the first in words: a run of which only the last lines are seen says what was wrong. */
function firstOf(kind: ViolationKind, { violations, settled }: SegmentResult): string | null {
  const found = violations.filter((violation) => violation.kind === kind);
  const first = found[0];
  if (first === undefined) return null;
  const rest = settled.unsettled.slice(0, 3);
  return [`${found.length}, the first: ${violationText(first)}`, ...rest].join('; ');
}
