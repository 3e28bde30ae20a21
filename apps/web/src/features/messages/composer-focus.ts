let wantedFor: string | null = null;

/** Somebody is about to write here: the composer takes the focus when it appears, on touch too. */
export function focusComposerOnOpen(conversationId: string): void {
  wantedFor = conversationId;
}

/**
 * Whether the composer of a conversation that has just opened takes the focus. On touch only if somebody asked to
 * write: the keyboard would cover what they came to read.
 */
export function takesFocusOnOpen(conversationId: string): boolean {
  const wanted = wantedFor === conversationId;
  wantedFor = null;
  return wanted || !matchMedia('(pointer: coarse)').matches;
}
