import { HttpError } from './chassis/router.js';

/** Takes money, once per order. */
export class Charges {
  #acquirer;
  #sessions;
  #timeoutMs;
  #attempts;
  #log;
  #outcomes;
  #cents;

  constructor({ acquirer, sessions, timeoutMs, attempts, log, registry }) {
    this.#acquirer = acquirer;
    this.#sessions = sessions;
    this.#timeoutMs = timeoutMs;
    this.#attempts = attempts;
    this.#log = log;
    this.#outcomes = registry.counter(
      'payments_charges_total',
      'Charges, by outcome.',
    );
    this.#cents = registry.counter(
      'payments_charged_cents_total',
      'Money taken, in cents.',
    );
  }

  async charge({ order, amountCents, card }) {
    const { approved, code } = await this.#authorise({
      reference: order,
      amountCents,
      card,
    });
    this.#outcomes.add({ outcome: approved ? 'approved' : code });
    if (!approved) throw new HttpError(402, `the card was ${code}`);
    this.#cents.add({}, amountCents);
    this.#log.info('charged', {
      order,
      amount_cents: amountCents,
      card: `**** ${card.slice(-4)}`,
    });
    return { order, amount_cents: amountCents, status: 'charged' };
  }

  /** The reference makes a second attempt safe: the acquirer charges it once. */
  async #authorise(request) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sessions.use(() =>
          this.#acquirer.authorise(request, {
            signal: AbortSignal.timeout(this.#timeoutMs),
          }),
        );
      } catch (error) {
        this.#log.warn('the acquirer did not answer in time', {
          order: request.reference,
          attempt,
          timeout_ms: this.#timeoutMs,
        });
        if (attempt < this.#attempts) continue;
        this.#outcomes.add({ outcome: 'no answer' });
        throw new HttpError(504, 'the bank does not answer; try again later');
      }
    }
  }
}
