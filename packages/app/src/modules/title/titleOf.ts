/** Pages whose address says less than their name. */
const names: Record<string, string> = {
  '': 'Home',
  forge: 'Repositories',
  'api-docs': 'APIs',
  'catalog-import': 'Register',
  'catalog-graph': 'Relations',
  'catalog-unprocessed-entities': 'Unprocessed entities',
};

/** What a page is about by its address, the narrowest first: `orders`, `Health`. */
export function titleOf(pathname: string): string[] {
  const [page = '', ...rest] = pathname
    .split('/')
    .filter(Boolean)
    .map(readable);
  switch (page) {
    case 'catalog':
      return entityTitle(rest) ?? [nameOf(page)];
    case 'docs':
      return [...(entityTitle(rest) ?? []), nameOf(page)];
    case 'forge':
      return [...repositoryTitle(rest), nameOf(page)];
    case 'create':
      return [...createTitle(rest), nameOf(page)];
    default:
      return [nameOf(page)];
  }
}

/** `/{namespace}/{kind}/{name}`, and the tab where it is not the first one. */
function entityTitle(path: string[]): string[] | undefined {
  const [, , name, tab] = path;
  if (!name) {
    return undefined;
  }
  return tab ? [name, capitalised(tab)] : [name];
}

/** A file or a commit is told before its repository, a list of the repository after it. */
function repositoryTitle(path: string[]): string[] {
  const [repository, view, ...what] = path;
  if (!repository) {
    return [];
  }
  switch (view) {
    case undefined:
      return [repository];
    case 'file':
    case 'tree':
      return [what.join('/'), repository];
    case 'commit':
      return [(what[0] ?? '').slice(0, 7), repository];
    case 'changes':
      return what[0]
        ? [`Change ${what[0]}`, repository]
        : [repository, 'Changes'];
    default:
      return [repository, capitalised(view)];
  }
}

function createTitle([view, , name]: string[]): string[] {
  if (view === 'templates' && name) {
    return [name];
  }
  return view && view !== 'templates' ? [capitalised(view)] : [];
}

function nameOf(page: string): string {
  return names[page] ?? capitalised(page);
}

/** `health-map` as `Health map`. */
function capitalised(segment: string): string {
  const words = segment.replaceAll('-', ' ');
  return words.charAt(0).toLocaleUpperCase('en-US') + words.slice(1);
}

/** An address that is badly escaped is told as it is. */
function readable(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
