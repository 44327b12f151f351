import { MEAN_STEPS, planVisit } from './visit.js';

/**
 * People who come to the shop at random moments, each for a visit of a few pages. They do not wait for one another, and each page is
 * asked for when its moment comes, whether or not the one before has arrived: a slow shop does not get less to do.
 */
export class Crowd {
  #rate;
  #pauseMs;
  #opensAfterMs;
  #mostAtOnce;
  #shopper;
  #log;
  #random;
  #skipped;
  #timers = new Set();
  #waiting = 0;
  #visits = 0;
  #stopped = false;

  constructor({
    rate,
    pauseMs,
    opensAfterMs = 0,
    mostAtOnce,
    shopper,
    log,
    registry,
    random = Math.random,
  }) {
    this.#rate = rate;
    this.#pauseMs = pauseMs;
    this.#opensAfterMs = opensAfterMs;
    this.#mostAtOnce = mostAtOnce;
    this.#shopper = shopper;
    this.#log = log;
    this.#random = random;
    registry.gauge(
      'shoppers_waiting',
      'Pages that were asked for and did not come yet.',
      () => this.#waiting,
    );
    this.#skipped = registry.counter(
      'shoppers_skipped_pages_total',
      'Pages not asked for because too many did not come yet.',
    );
  }

  start() {
    if (this.#rate === 0) return;
    this.#after(this.#opensAfterMs, () => {
      this.#log.info('the shop opens', { pages_per_second: this.#rate });
      this.#comeNext();
    });
  }

  stop() {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Arrivals are a Poisson process: the time between two is exponentially distributed. */
  #comeNext() {
    const visitsPerMs = this.#rate / MEAN_STEPS / 1000;
    const gapMs = -Math.log(1 - this.#random()) / visitsPerMs;
    this.#after(gapMs, () => {
      this.#visit();
      this.#comeNext();
    });
  }

  #visit() {
    this.#visits += 1;
    const visitor = `v-${Date.now().toString(36)}-${this.#visits}`;
    const steps = planVisit({ visitor, random: this.#random });
    steps.forEach((step, i) => {
      const jitter = 0.5 + this.#random();
      this.#after(i * this.#pauseMs * jitter, () => void this.#ask(step));
    });
  }

  async #ask(step) {
    if (this.#waiting >= this.#mostAtOnce) {
      this.#skipped.add();
      return;
    }
    this.#waiting += 1;
    await this.#shopper.open(step);
    this.#waiting -= 1;
  }

  #after(ms, run) {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}
