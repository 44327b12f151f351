/**
 * The file of the repository that a link in a document means.
 *
 * @returns `undefined` for links that lead elsewhere: other sites, mail, places in the same document
 */
export function fileOfLink(document: string, href: string): string | undefined {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(href)) return undefined;
  const base = new URL(document, 'https://repository.invalid/');
  try {
    return decodeURIComponent(new URL(href, base).pathname.slice(1));
  } catch {
    return undefined;
  }
}
