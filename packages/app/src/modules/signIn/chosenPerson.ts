const SIGNED_IN = 'ghostlight.development.signedIn';
const LAST = 'ghostlight.development.last';

/** Whom this browser is signed in as, and whom it was last: kept over reloads. */
export const chosenPerson = {
  signedIn: (): string | undefined =>
    localStorage.getItem(SIGNED_IN) ?? undefined,
  last: (): string | undefined => localStorage.getItem(LAST) ?? undefined,
  signIn(ref: string) {
    localStorage.setItem(SIGNED_IN, ref);
    localStorage.setItem(LAST, ref);
  },
  signOut() {
    localStorage.removeItem(SIGNED_IN);
  },
};
