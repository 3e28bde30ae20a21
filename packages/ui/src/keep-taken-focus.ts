/**
 * For what gives the focus back when it closes: not where a field has taken it meanwhile, as the composer does when a
 * message is to be edited.
 */
export function keepTakenFocus(event: Event): void {
  if (document.activeElement instanceof HTMLTextAreaElement) event.preventDefault();
}
