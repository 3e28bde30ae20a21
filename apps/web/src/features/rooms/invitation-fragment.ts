const codePattern = /^#([\w-]{27})$/;

/** The code in this page's fragment; '' for what is none. Fragments stay in the browser, through sign-in too. */
export function invitationFragment(): string {
  return codePattern.exec(location.hash)?.[1] ?? '';
}

/** Another link in the same tab changes the fragment and loads nothing. */
export function watchFragment(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => {
    removeEventListener('hashchange', listener);
  };
}
