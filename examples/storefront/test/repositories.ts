import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../../bin/lib/storefront-git.ts';
import { buildRepository } from '../../../bin/lib/storefront-history.ts';
import { readStorefront } from '../../../bin/lib/storefront.ts';

export const firstStart = new Date('2026-03-02T08:00:00Z');

/** One commit of a service, with its files in a folder. */
export interface Version {
  service: string;
  branch: 'main' | 'next';
  sha: string;
  tree: string;
  at: Date;
  /** Email address. */
  author: string;
  subject: string;
  folder: string;
}

/** Throw-away repositories of the storefront, and the files of their commits. */
export class Repositories {
  readonly folder = mkdtempSync(join(tmpdir(), 'ghostlight-storefront-'));
  readonly services = readStorefront();

  async build(): Promise<void> {
    await Promise.all(
      this.services.map(service =>
        buildRepository(service, this.repository(service.name), firstStart),
      ),
    );
  }

  repository(service: string): string {
    return join(this.folder, `${service}.git`);
  }

  git(service: string, ...args: string[]): Promise<string> {
    const env = { GIT_DIR: this.repository(service) };
    return git(args, { cwd: this.folder, env });
  }

  /** Oldest first; those of `next` are what comes after the good version. */
  async versions(
    service: string,
    branch: Version['branch'],
  ): Promise<Version[]> {
    const has = this.services.find(({ name }) => name === service);
    if (branch === 'next' && !has?.next.length) return [];
    const range = branch === 'main' ? 'main' : 'main..next';
    const log = await this.git(
      service,
      ...['log', '--reverse', '--format=%H%n%T%n%aI%n%ae%n%s%n', range],
    );
    return log.split('\n\n').map(entry => {
      const [sha, tree, time, author, subject] = entry.split('\n');
      const folder = join(this.folder, service, sha.slice(0, 12));
      const at = new Date(time);
      return { service, branch, sha, tree, at, author, subject, folder };
    });
  }

  /** The version that is deployed at first. */
  async good(service: string): Promise<Version> {
    return this.checkout((await this.versions(service, 'main')).at(-1));
  }

  /** The version of a commit on `next`. */
  async withSubject(service: string, subject: string): Promise<Version> {
    const versions = await this.versions(service, 'next');
    return this.checkout(versions.find(each => each.subject === subject));
  }

  async checkout(version: Version | undefined): Promise<Version> {
    if (!version) throw new Error('there is no such commit');
    mkdirSync(version.folder, { recursive: true });
    await git(['checkout', '--quiet', '--force', version.sha, '--', '.'], {
      cwd: version.folder,
      env: {
        GIT_DIR: this.repository(version.service),
        GIT_WORK_TREE: version.folder,
        GIT_INDEX_FILE: `${version.folder}.index`,
      },
    });
    return version;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
