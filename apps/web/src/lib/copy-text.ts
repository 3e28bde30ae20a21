/**
 * Puts a text into the clipboard. The clipboard's own interface is there only over https, and on the machine itself: over
 * plain http the old command is tried, which copies a selection. @returns false where the browser refuses both
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const selection = document.getSelection();
  if (selection === null) return false;
  const before = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  const place = document.createElement('span');
  place.textContent = text;
  place.setAttribute('aria-hidden', 'true');
  Object.assign(place.style, {
    position: 'fixed',
    top: '0',
    opacity: '0',
    whiteSpace: 'pre',
    userSelect: 'text',
  });
  // What is copied is the text, whatever a browser makes of the selection; the focus stays where it is.
  let copied = false;
  place.addEventListener('copy', (event) => {
    event.stopPropagation();
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    copied = event.clipboardData !== null;
  });
  document.body.append(place);
  selection.selectAllChildren(place);
  // Nothing else copies where the clipboard's interface is missing.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const obeyed = document.execCommand('copy');
  selection.removeAllRanges();
  if (before !== null) selection.addRange(before);
  place.remove();
  return obeyed && copied;
}
