export const violationKinds = [
  'lost',
  'duplicated',
  'reordered',
  'phantom',
  'diverged',
  'unfinished',
] as const;

/**
 * `lost`: acknowledged and not stored, or gone from the outbox and not stored. `duplicated`: one message, or one rev,
 * twice. `reordered`: not in the order of sending, or not ascending by rev. `phantom`: nobody sent it, or not so.
 * `diverged`: a device ends with something else than a fresh snapshot. `unfinished`: still in an outbox.
 */
export type ViolationKind = (typeof violationKinds)[number];

export interface Violation {
  readonly kind: ViolationKind;
  readonly conversationId: string;
  /** Absent when the stored log itself is wrong. */
  readonly device?: number;
  readonly clientId?: string;
  readonly detail: string;
}

/** For people: what is wrong, and where. */
export function violationText({ kind, device, conversationId, clientId, detail }: Violation): string {
  const where = [
    `conversation ${conversationId}`,
    device !== undefined && `device ${device}`,
    clientId !== undefined && `client id ${clientId}`,
  ];
  return `${kind}: ${detail} (${where.filter((part) => part !== false).join(', ')})`;
}
