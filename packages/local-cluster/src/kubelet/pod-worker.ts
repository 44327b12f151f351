import { rm } from 'node:fs/promises';
import type { KubeObject } from '../types.ts';
import { neverStarted, terminated } from './container-end.ts';
import { gatherInputs, type Inputs, scratchDir } from './container-inputs.ts';
import { POD_IP } from './container-plan.ts';
import { ContainerRun } from './container-run.ts';
import { firstSight } from './former-status.ts';
import type { KubeletParts } from './parts.ts';
import {
  keyOf,
  NODE_NAME,
  PodPublisher,
  PORT_ANNOTATION,
  timeOf,
} from './pod-publisher.ts';
import { PodEnding } from './pod-ending.ts';
import { type Container, readPod, type RunnablePod } from './pod-spec.ts';
import type { PodFacts, Terminated } from './pod-status.ts';
import { CannotRunError } from './processes/start-process.ts';
import { BackOff, shouldRestart } from './restart-policy.ts';
import { untilAborted, wait } from './wait.ts';

const UNREADABLE: Pick<Container, 'name' | 'image' | 'resources'> = {
  name: 'unknown',
  image: '',
  resources: { limits: {}, requests: {} },
};

/** The life of one pod: from the moment it is seen until it is gone. */
export class PodWorker {
  /** Resolves when nothing of the pod is left to do. */
  readonly done: Promise<void>;
  readonly #parts: KubeletParts;
  readonly #publisher: PodPublisher;
  readonly #ending: PodEnding;
  readonly #backOff: BackOff;
  #pod: KubeObject;
  #facts: PodFacts;
  #port: number | undefined;

  constructor(parts: KubeletParts, pod: KubeObject) {
    this.#parts = parts;
    this.#pod = pod;
    this.#backOff = new BackOff(parts.options.backOff);
    const { stopGraceMs } = parts.options;
    this.#ending = new PodEnding({ clock: parts.clock, stopGraceMs });
    const formerPort = Number(pod.metadata.annotations?.[PORT_ANNOTATION]);
    this.#port = formerPort > 0 ? formerPort : undefined;
    const runnable = readPod(pod);
    this.#publisher = new PodPublisher(
      parts,
      pod,
      'problem' in runnable ? UNREADABLE : runnable.container,
    );
    const now = timeOf(parts.clock);
    const sight = firstSight(pod.status, now);
    this.#facts = sight.ended
      ? {
          phase: 'Pending',
          startTime: now,
          state: { waiting: { reason: 'ContainerCreating' } },
          ready: false,
          started: false,
          restartCount: 0,
        }
      : sight.facts;
    if (!sight.ended) {
      if (Object(pod.spec).nodeName === undefined) {
        this.#record(
          'Normal',
          'Scheduled',
          `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${NODE_NAME}`,
        );
      }
      this.#publish();
    }
    this.update(pod);
    this.done = this.#live(sight.ended ? undefined : runnable);
  }

  /** The pod as it is stored now. */
  update(pod: KubeObject): void {
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp !== undefined)
      this.#ending.begin('deleted');
  }

  /** The pod was taken out of the store without waiting for its process (`--force`). */
  removed(): void {
    this.#ending.begin('removed');
  }

  /** Ends the process, keeps the pod: the next start of the cluster runs it again. */
  async stop(): Promise<void> {
    this.#ending.begin('cluster stops');
    await this.done;
  }

  async #live(runnable: ReturnType<typeof readPod> | undefined): Promise<void> {
    if (runnable && 'problem' in runnable) {
      this.#set({
        phase: 'Failed',
        reason: 'UnsupportedPod',
        message: runnable.problem,
      });
      this.#record('Warning', 'UnsupportedPod', runnable.problem);
    } else if (runnable) {
      await this.#runUntilEnded(runnable);
    }
    await untilAborted(this.#ending.signal);
    this.#publisher.stop();
    const { network, ports, logs, store, dataDir } = this.#parts;
    const { uid } = this.#pod.metadata;
    await network.detach(uid);
    ports.release(uid);
    await rm(scratchDir(dataDir, uid), { recursive: true, force: true });
    if (this.#ending.why === 'cluster stops') return;
    await logs.files(this.#pod).removeAll();
    const key = keyOf(this.#pod);
    if (store.get(key)?.metadata.uid === uid) store.remove(key, { uid });
  }

  async #runUntilEnded({ spec, container }: RunnablePod): Promise<void> {
    const { clock } = this.#parts;
    const { signal } = this.#ending;
    if (this.#facts.lastState && spec.restartPolicy === 'Never') {
      this.#finish(this.#facts.lastState.terminated);
      return;
    }
    while (!signal.aborted) {
      const inputs = await this.#inputs(container);
      if (!inputs) return;
      const begunMs = clock.now().getTime();
      const end = await this.#runOnce(inputs, { spec, container });
      if (signal.aborted) {
        this.#finishEnding(end);
        return;
      }
      if (!shouldRestart(spec.restartPolicy, end.exitCode)) {
        this.#finish(end);
        return;
      }
      this.#set({ state: { terminated: end } });
      await this.#pauseBeforeRestart(
        container,
        end,
        this.#backOff.next(clock.now().getTime() - begunMs),
      );
      this.#facts.restartCount += signal.aborted ? 0 : 1;
    }
  }

  async #pauseBeforeRestart(
    container: Container,
    end: Terminated,
    delayMs: number,
  ): Promise<void> {
    this.#facts.lastState = { terminated: end };
    if (delayMs === 0) return;
    const { name, namespace, uid } = this.#pod.metadata;
    this.#set({
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${delayMs / 1000}s restarting failed container=${
            container.name
          } pod=${name}_${namespace}(${uid})`,
        },
      },
    });
    this.#record(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${container.name} in pod ${name}_${namespace}(${uid})`,
    );
    await wait(this.#parts.clock, delayMs, this.#ending.signal);
  }

  /** Waits until the image and the configuration are there; undefined when the pod ends before. */
  async #inputs(
    container: Container,
  ): Promise<Exclude<Inputs, { waiting: unknown }> | undefined> {
    const { clock, options } = this.#parts;
    const { signal } = this.#ending;
    let told: string | undefined;
    while (!signal.aborted) {
      const inputs = await gatherInputs(
        this.#parts,
        this.#pod,
        container,
        this.#port,
      );
      if (signal.aborted) return undefined;
      if (!('waiting' in inputs)) return inputs;
      const { reason, message } = inputs.waiting;
      if (told !== message) {
        this.#record('Warning', 'Failed', `Error: ${reason}: ${message}`);
        this.#set({ state: { waiting: { reason, message } } });
      } else if (reason === 'ErrImagePull') {
        const backOff = { reason: 'ImagePullBackOff', message };
        this.#set({ state: { waiting: backOff } });
      }
      told = message;
      await wait(clock, options.retryMs, signal);
    }
    return undefined;
  }

  async #runOnce(
    { plan, port, image }: Exclude<Inputs, { waiting: unknown }>,
    { spec, container }: RunnablePod,
  ): Promise<Terminated> {
    const { clock } = this.#parts;
    const { name } = container;
    this.#port = port;
    this.#record(
      'Normal',
      'Pulled',
      `Container image "${container.image}" already present in the image store (${image.directory})`,
    );
    let broken: string | undefined;
    const whenBroken = new AbortController();
    let run: ContainerRun;
    try {
      run = await ContainerRun.start({
        parts: this.#parts,
        pod: this.#pod,
        container,
        plan,
        port,
        restart: this.#facts.restartCount,
        listener: {
          onHealth: ({ started, ready, why }) =>
            this.#set({ started, ready, notReady: why }),
          onUnhealthy: (probe, message) =>
            this.#record(
              'Warning',
              'Unhealthy',
              `${probe} probe failed: ${message}`,
            ),
          onBroken: message => {
            broken = message;
            whenBroken.abort();
          },
        },
      });
    } catch (error) {
      return this.#cannotRun(error);
    }
    const startedAt = timeOf(clock);
    const containerID = `process://${run.pid}`;
    this.#set({
      phase: 'Running',
      podIp: POD_IP,
      state: { running: { startedAt } },
      started: run.started,
      ready: run.ready,
      notReady: container.startupProbe
        ? 'its startup probe has not succeeded yet'
        : 'its readiness probe has not succeeded yet',
      imageId: `local://${container.image}`,
      containerId: containerID,
    });
    this.#record('Normal', 'Created', `Created container: ${name}`);
    this.#record('Normal', 'Started', `Started container ${name}`);
    run.startProbes();
    const hasToEnd = AbortSignal.any([this.#ending.signal, whenBroken.signal]);
    const ended = await Promise.race([run.exited, untilAborted(hasToEnd)]);
    if (!ended) await this.#stop(run, spec, name, broken);
    const exit = await run.exited;
    const finished = terminated(
      exit,
      { startedAt, finishedAt: timeOf(clock), containerID },
      { memoryLimitBytes: run.memoryLimitBytes, message: broken },
    );
    this.#facts = { ...this.#facts, ready: false, started: false };
    if (exit.overLimitBytes !== undefined) {
      this.#record(
        'Warning',
        'OOMKilled',
        `Container ${name} was killed: it ${finished.message}`,
      );
    }
    return finished;
  }

  /** Also for what has nothing to do with the program, such as a log file that cannot be made: the next try may find the disk in order. */
  #cannotRun(error: unknown): Terminated {
    const message = error instanceof Error ? error.message : String(error);
    const exitCode = error instanceof CannotRunError ? error.exitCode : 128;
    this.#record('Warning', 'Failed', `Error: ${message}`);
    return neverStarted({ exitCode, message }, timeOf(this.#parts.clock));
  }

  /** Out of the Services first, then SIGTERM, then, when the grace period is over, SIGKILL to the whole group. */
  async #stop(
    run: ContainerRun,
    spec: RunnablePod['spec'],
    name: string,
    broken: string | undefined,
  ): Promise<void> {
    const { clock, network, options } = this.#parts;
    const begunMs = clock.now().getTime();
    const leftMs = () =>
      begunMs +
      this.#ending.graceMs(this.#pod, spec.terminationGracePeriodSeconds) -
      clock.now().getTime();
    run.stopProbes();
    this.#record(
      'Normal',
      'Killing',
      broken !== undefined && !this.#ending.signal.aborted
        ? `Container ${name} ${broken}, will be restarted`
        : `Stopping container ${name}`,
    );
    this.#set({ ready: false, notReady: broken ?? 'it is being stopped' });
    const drainMs = Math.max(0, Math.min(options.drainMs, leftMs()));
    if (drainMs > 0) await network.drain(this.#pod.metadata.uid, drainMs);
    if (leftMs() > 0) run.signal('SIGTERM');
    if (!(await this.#ending.within(run.exited, leftMs))) run.signal('SIGKILL');
    await run.exited;
  }

  /** By its own doing: the pod stays, as it ended. */
  #finish(end: Terminated): void {
    this.#set({
      phase: end.exitCode === 0 ? 'Succeeded' : 'Failed',
      state: { terminated: end },
      ready: false,
      started: false,
    });
  }

  #finishEnding(end: Terminated): void {
    if (this.#ending.why !== 'cluster stops') {
      this.#finish(end);
      return;
    }
    this.#set({
      state: {
        waiting: {
          reason: 'ClusterStopped',
          message: 'the local cluster was stopped',
        },
      },
      lastState: { terminated: end },
    });
  }

  #set(change: Partial<PodFacts>): void {
    this.#facts = { ...this.#facts, ...change };
    this.#publish();
  }

  #publish(): void {
    this.#publisher.publish(this.#facts, this.#port);
  }

  #record(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#parts.events.record(this.#pod, type, reason, message);
  }
}
