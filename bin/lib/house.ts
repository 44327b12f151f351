/** One import as it stands in a file. */
export interface Import {
  /** Path relative to the repository. */
  file: string;
  line: number;
  /** What is imported, as written. */
  specifier: string;
}

/** A package of the repository. */
export interface Room {
  /** `packages/app`, `plugins/health-backend` */
  folder: string;
  /** `@ghostlight/plugin-health-backend` */
  name: string;
}

export interface Breach {
  file: string;
  line: number;
  message: string;
}

/** The packages that know nothing of Backstage or of ours (DESIGN, decision 6). */
const pure = ['diagnosis', 'log-patterns', 'canary-judge', 'local-cluster'];

/** Each outside engine is imported in one place only. */
const engines: { pattern: RegExp; home: string[]; what: string }[] = [
  { pattern: /^@dbos-inc\//, home: ['plugins/runs-backend'], what: 'DBOS' },
  {
    pattern: /^@kubernetes\/client-node(\/|$)/,
    home: ['plugins/clusters-node'],
    what: '@kubernetes/client-node',
  },
  {
    pattern: /^@anthropic-ai\//,
    home: ['plugins/agents-backend'],
    what: 'the Anthropic SDK',
  },
  {
    pattern: /^(@gitbeaker|@octokit)\/|^(octokit|simple-git|isomorphic-git)$/,
    home: ['plugins/forge-backend'],
    what: 'forge clients and git',
  },
];

/**
 * Which of our packages each may import, besides what the general rules forbid. A new edge fails until it is written here, so that
 * it is a decision and not an accident.
 */
export type Edges = Record<string, string[]>;

const base = (folder: string) => folder.split('/').at(-1) ?? folder;
const isTest = (file: string) =>
  /\.test\.tsx?$|\/(test|testing|e2e|dev)\/|setupTests/.test(file);
const isBackend = (folder: string) =>
  /-backend$/.test(folder) || /-backend-module-/.test(folder);

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

/** Checks every import against DESIGN's "Who may import whom". */
export function checkHouse(
  rooms: Room[],
  imports: Import[],
  edges: Edges,
): Breach[] {
  const breaches: Breach[] = [];
  const byName = new Map(rooms.map(room => [room.name, room]));
  for (const { file, line, specifier } of imports) {
    const from = rooms.find(room => file.startsWith(`${room.folder}/`));
    if (!from) continue;
    const refuse = (message: string) => breaches.push({ file, line, message });
    const here = base(from.folder);

    for (const engine of engines) {
      if (
        engine.pattern.test(specifier) &&
        !engine.home.includes(from.folder) &&
        !isTest(file)
      ) {
        refuse(`${engine.what} is imported in ${engine.home.join(', ')} only`);
      }
    }
    if (pure.includes(here) && /^@backstage\//.test(specifier)) {
      refuse(`${here} imports nothing of Backstage`);
    }
    if (
      here.endsWith('-common') &&
      !isTest(file) &&
      /^node:|^@backstage\/(backend-|.*-(node|backend)$)/.test(specifier)
    ) {
      refuse(`${here} runs in browsers too: it can't import ${specifier}`);
    }

    if (specifier.startsWith('.')) {
      const path = new URL(specifier, `file:///${file}`).pathname.slice(1);
      if (!path.startsWith(`${from.folder}/`))
        refuse(
          `${specifier} leaves the package: import the other package by its name`,
        );
      continue;
    }
    const to = byName.get(packageOf(specifier));
    if (!to || to === from) continue;
    const there = base(to.folder);
    if (pure.includes(here)) refuse(`${here} imports none of our packages`);
    if (isBackend(to.folder) && from.folder !== 'packages/backend') {
      refuse(
        `${there} is wired in packages/backend; meet it through its -node service or its API client`,
      );
    }
    if (there === 'local-cluster')
      refuse('no package knows that the local cluster exists');
    if (!(edges[here] ?? []).includes(there)) {
      refuse(
        `new edge ${here} -> ${there}: if it is meant, add it to bin/lib/house-edges.json`,
      );
    }
  }
  return breaches;
}
