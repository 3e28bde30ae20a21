import { describe, expect, it } from 'vitest';
import { isSendKey, type SendKeyEvent } from './send-key.ts';

function press(event: Partial<SendKeyEvent>): SendKeyEvent {
  const native = { isComposing: false, keyCode: 13 };
  return {
    key: 'Enter',
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    nativeEvent: native,
    ...event,
  };
}

describe('isSendKey', () => {
  it('sends on Enter alone, and breaks the line on Shift+Enter', () => {
    expect(isSendKey(press({}), true)).toBe(true);
    expect(isSendKey(press({ shiftKey: true }), true)).toBe(false);
    expect(isSendKey(press({ key: 'a' }), true)).toBe(false);
  });

  it('never sends while an input method is composing, nor on the Enter that ends it in Safari', () => {
    expect(isSendKey(press({ nativeEvent: { isComposing: true, keyCode: 13 } }), true)).toBe(false);
    expect(isSendKey(press({ nativeEvent: { isComposing: false, keyCode: 229 } }), true)).toBe(false);
    expect(isSendKey(press({ ctrlKey: true, nativeEvent: { isComposing: true, keyCode: 13 } }), false)).toBe(
      false,
    );
  });

  it('needs Ctrl or Cmd where Enter breaks the line', () => {
    expect(isSendKey(press({}), false)).toBe(false);
    expect(isSendKey(press({ ctrlKey: true }), false)).toBe(true);
    expect(isSendKey(press({ metaKey: true }), false)).toBe(true);
  });
});
