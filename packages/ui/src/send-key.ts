/** What is read of a React keyboard event. */
export interface SendKeyEvent {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  nativeEvent: { isComposing: boolean; keyCode: number };
}

/** The code of a key that an input method has swallowed. */
const swallowed = 229;

/**
 * Whether this key press sends: Enter without Shift, unless an input method is composing (its Enter picks a word; Safari ends
 * the composition before the key arrives, and only the old key code still tells). With `enterSends` off, only with Ctrl or Cmd.
 */
export function isSendKey(event: SendKeyEvent, enterSends: boolean): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return false;
  if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === swallowed) return false;
  return enterSends || event.ctrlKey || event.metaKey;
}
