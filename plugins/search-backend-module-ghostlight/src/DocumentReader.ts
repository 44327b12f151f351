import { LoggerService } from '@backstage/backend-plugin-api';
import { Repository } from '@ghostlight/plugin-forge-common';
import { ForgeReader } from './ForgeReader';

/** Bounds of what is read of one repository, so that one full of files does not hold up the others. */
const MAX_FILES = 200;
const MAX_DEPTH = 4;
const MAX_TEXT = 100_000;
/** Repositories whose documents are remembered between runs. */
const MAX_REMEMBERED = 2_000;

/** A Markdown file. */
export interface MarkdownFile {
  path: string;
  /** Its first heading, else its path. */
  title: string;
  text: string;
}

/** Reads the README and `docs/` of repositories; what has not moved since the last time is not read again. */
export class DocumentReader {
  readonly #known = new Map<string, { sha: string; files: MarkdownFile[] }>();

  constructor(
    private readonly forge: Pick<ForgeReader, 'tree' | 'file'>,
    private readonly logger: LoggerService,
  ) {}

  /** Nothing of a repository that cannot be read now: the others are searched all the same. */
  async read({ name, head }: Repository): Promise<MarkdownFile[]> {
    if (!head) {
      return [];
    }
    const known = this.#known.get(name);
    if (known?.sha === head.sha) {
      return known.files;
    }
    try {
      const files = await this.#load(name, head.sha);
      this.#known.delete(name);
      this.#known.set(name, { sha: head.sha, files });
      if (this.#known.size > MAX_REMEMBERED) {
        const [oldest] = this.#known.keys();
        this.#known.delete(oldest);
      }
      return files;
    } catch (error) {
      this.logger.warn(`Could not read the documents of ${name}: ${error}`);
      return known?.files ?? [];
    }
  }

  async #load(repository: string, sha: string): Promise<MarkdownFile[]> {
    const top = await this.forge.tree(repository, sha, undefined);
    const paths = top.entries
      .filter(({ name, type }) => type === 'file' && /^readme\.md$/i.test(name))
      .map(({ path }) => path);
    if (top.entries.some(e => e.name === 'docs' && e.type === 'folder')) {
      paths.push(...(await this.#markdownIn(repository, sha, 'docs', 1)));
    }
    const files: MarkdownFile[] = [];
    for (const path of paths.slice(0, MAX_FILES)) {
      const { binary, content } = await this.forge.file(repository, sha, path);
      if (!binary && content !== undefined) {
        const text = content.slice(0, MAX_TEXT);
        files.push({ path, text, title: titleOf(text) ?? path });
      }
    }
    return files;
  }

  async #markdownIn(
    repository: string,
    sha: string,
    folder: string,
    depth: number,
  ): Promise<string[]> {
    const { entries } = await this.forge.tree(repository, sha, folder);
    const found: string[] = [];
    for (const { path, name, type } of entries) {
      if (type === 'file' && /\.md$/i.test(name)) {
        found.push(path);
      } else if (type === 'folder' && depth < MAX_DEPTH) {
        found.push(
          ...(await this.#markdownIn(repository, sha, path, depth + 1)),
        );
      }
      if (found.length >= MAX_FILES) break;
    }
    return found;
  }
}

function titleOf(markdown: string): string | undefined {
  return /^#\s+(.+?)\s*#*\s*$/m.exec(markdown)?.[1];
}
