import type { KubeObject } from '../types.ts';
import type { ContainerPlan } from './container-plan.ts';
import { ContainerLog } from './logs/container-log.ts';
import type { KubeletParts } from './parts.ts';
import type { Container, Probe } from './pod-spec.ts';
import {
  execCheck,
  httpGetCheck,
  type ProbeCheck,
  probeLoop,
  tcpSocketCheck,
} from './probes/index.ts';
import {
  type Exit,
  startProcess,
  type StartedProcess,
} from './processes/start-process.ts';
import { endStragglers } from './processes/end-stragglers.ts';
import { parseQuantity } from '../quantity.ts';

/** What a run tells its pod. */
export interface RunListener {
  onHealth(health: { started: boolean; ready: boolean; why?: string }): void;
  onUnhealthy(probe: string, message: string): void;
  /** It has to be restarted. */
  onBroken(message: string): void;
}

export interface RunEnd extends Exit {
  /** Memory in use when it was killed for it. */
  overLimitBytes?: number;
}

/** One run of a container, from the start of its process to its end: its output, its probes, its memory. */
export class ContainerRun {
  readonly pid: number;
  readonly memoryLimitBytes: number | undefined;
  readonly exited: Promise<RunEnd>;
  readonly #process: StartedProcess;
  readonly #parts: KubeletParts;
  readonly #container: Container;
  readonly #plan: ContainerPlan;
  readonly #port: number;
  readonly #listener: RunListener;
  readonly #over = new AbortController();
  #started: boolean;
  #ready: boolean;
  #overLimitBytes: number | undefined;

  /** @throws CannotRunError */
  static async start(options: {
    parts: KubeletParts;
    pod: KubeObject;
    container: Container;
    plan: ContainerPlan;
    port: number;
    restart: number;
    listener: RunListener;
  }): Promise<ContainerRun> {
    const { parts, pod, plan, restart } = options;
    const log = await ContainerLog.open({
      files: parts.logs.files(pod),
      restart,
      clock: parts.clock,
      limits: parts.options.logs,
      onError: error =>
        parts.events.record(
          pod,
          'Warning',
          'LogWriteFailed',
          `Lines of the log were lost: ${
            error instanceof Error ? error.message : error
          }`,
        ),
    });
    try {
      const started = await startProcess({ ...plan, guard: parts.guard });
      return new ContainerRun(options, started, log);
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  private constructor(
    options: Parameters<typeof ContainerRun.start>[0],
    started: StartedProcess,
    log: ContainerLog,
  ) {
    const { parts, pod, container, listener } = options;
    this.#parts = parts;
    this.#container = container;
    this.#plan = options.plan;
    this.#port = options.port;
    this.#listener = listener;
    this.#process = started;
    this.pid = started.pid;
    const limit = container.resources.limits.memory;
    this.memoryLimitBytes =
      limit === undefined ? undefined : parseQuantity(limit);
    this.#started = !container.startupProbe;
    this.#ready = this.#started && !container.readinessProbe;
    log.capture(started.stdout, 'o');
    log.capture(started.stderr, 'e');
    const forgetLog = parts.logs.writing(pod, log);
    const unwatch = parts.monitor.watch({
      namespace: pod.metadata.namespace ?? '',
      pod: pod.metadata.name,
      container: container.name,
      image: container.image,
      groupId: started.pid,
      memoryLimitBytes: this.memoryLimitBytes,
      onOverLimit: bytes => {
        this.#overLimitBytes ??= bytes;
        started.signal('SIGKILL');
      },
    });
    this.exited = started.exited.then(async exit => {
      this.#over.abort();
      unwatch();
      endStragglers(parts.table, pod.metadata.uid);
      await log.close();
      forgetLog();
      return { ...exit, overLimitBytes: this.#overLimitBytes };
    });
  }

  get started(): boolean {
    return this.#started;
  }

  get ready(): boolean {
    return this.#ready;
  }

  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    this.#process.signal(name);
  }

  /** A container that is being stopped is neither restarted for its liveness nor made ready again. */
  stopProbes(): void {
    this.#over.abort();
  }

  startProbes(): void {
    const { startupProbe } = this.#container;
    if (!startupProbe) {
      this.#startOtherProbes();
      return;
    }
    this.#probe('Startup', startupProbe, true, (ok, message) => {
      if (!ok) {
        this.#listener.onBroken(`failed startup probe: ${message}`);
        return;
      }
      if (this.#started) return;
      this.#started = true;
      this.#ready = !this.#container.readinessProbe;
      this.#tell();
      this.#startOtherProbes();
    });
  }

  #startOtherProbes(): void {
    const { readinessProbe, livenessProbe } = this.#container;
    if (readinessProbe) {
      this.#probe('Readiness', readinessProbe, true, (ok, message) => {
        this.#ready = ok;
        this.#tell(ok ? undefined : `readiness probe failed: ${message}`);
      });
    }
    if (livenessProbe) {
      this.#probe('Liveness', livenessProbe, false, (ok, message) => {
        if (!ok) this.#listener.onBroken(`failed liveness probe: ${message}`);
      });
    }
  }

  #probe(
    name: string,
    probe: Probe,
    eager: boolean,
    onVerdict: (ok: boolean, message: string) => void,
  ): void {
    const loop = probeLoop({
      probe,
      check: this.#check(probe),
      eager,
      clock: this.#parts.clock,
      signal: this.#over.signal,
      events: {
        onVerdict: (ok, { message }) => onVerdict(ok, message),
        onFailure: ({ message }) => this.#listener.onUnhealthy(name, message),
      },
    });
    loop.catch(error => this.#listener.onUnhealthy(name, String(error)));
  }

  /** A container's port is virtual: whatever port a probe names is the one the process was given. */
  #check(probe: Probe): ProbeCheck {
    if (probe.httpGet) return httpGetCheck(probe.httpGet, this.#port);
    if (probe.exec) {
      const { cwd, env } = this.#plan;
      const { guard } = this.#parts;
      return execCheck({ argv: probe.exec.command, cwd, env, guard });
    }
    return tcpSocketCheck(this.#port);
  }

  #tell(why?: string): void {
    this.#listener.onHealth({
      started: this.#started,
      ready: this.#ready,
      why,
    });
  }
}
