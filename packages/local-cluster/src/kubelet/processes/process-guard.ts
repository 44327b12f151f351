import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Keeps a list of process groups and kills them when its standard input ends, which happens when this process dies in whatever way.
 * Only `add` or `del` and a number ever reach it.
 */
const SCRIPT = `
trap '' HUP INT TERM
groups=
while read -r change group; do
  case $change in
    add) groups="$groups $group" ;;
    del) kept=
         for g in $groups; do [ "$g" = "$group" ] || kept="$kept $g"; done
         groups=$kept ;;
  esac
done
for g in $groups; do kill -KILL "-$g" 2>/dev/null; done
`;

/** Ends all process groups given to it when this process ends, also by kill -9. One small shell for the whole cluster. */
export class ProcessGuard {
  readonly #groups = new Set<number>();
  #shell: ChildProcess | undefined;
  #stopped = false;

  constructor() {
    this.#start();
  }

  add(groupId: number): void {
    this.#groups.add(groupId);
    this.#tell(`add ${groupId}\n`);
  }

  remove(groupId: number): void {
    if (this.#groups.delete(groupId)) this.#tell(`del ${groupId}\n`);
  }

  /** Groups still listed are killed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const shell = this.#shell;
    if (!shell || shell.exitCode !== null) return;
    await new Promise<void>(resolve => {
      shell.once('exit', () => resolve());
      shell.stdin?.end();
    });
  }

  #start(): void {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], {
      detached: true, // Ctrl-C in a terminal goes to a process group: this one must outlive it.
      env: { PATH: '/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#shell = shell;
    shell.stdin?.on('error', () => undefined); // 'exit' tells, and starts another.
    shell.on('error', () => undefined);
    shell.on('exit', () => {
      if (!this.#stopped) this.#start();
    });
    shell.unref();
    for (const group of this.#groups) this.#tell(`add ${group}\n`);
  }

  #tell(line: string): void {
    this.#shell?.stdin?.write(line);
  }
}
