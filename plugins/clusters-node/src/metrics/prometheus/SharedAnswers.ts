interface Question<T> {
  answer: Promise<T>;
  /** Who still wants it. */
  askers: number;
  abandon: AbortController;
  /** Unix milliseconds; undefined until it was answered. */
  answeredAt?: number;
  /** Bytes; 0 until it was answered. */
  size: number;
}

/**
 * The same question asked by several at once, or again within a moment, is one question. It is given up when all who
 * asked have left; failures are not kept. All that is kept together takes no more than so many bytes.
 */
export class SharedAnswers<T> {
  readonly #maxAgeMs: number;
  readonly #max: number;
  readonly #maxBytes: number;
  readonly #sizeOf: (answer: T) => number;
  readonly #now: () => number;
  readonly #questions = new Map<string, Question<T>>();
  #bytes = 0;

  constructor(options: {
    maxAgeMs: number;
    max: number;
    maxBytes: number;
    sizeOf: (answer: T) => number;
    now: () => number;
  }) {
    this.#maxAgeMs = options.maxAgeMs;
    this.#max = options.max;
    this.#maxBytes = options.maxBytes;
    this.#sizeOf = options.sizeOf;
    this.#now = options.now;
  }

  async get(
    key: string,
    load: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const question = this.#known(key) ?? this.#ask(key, load);
    question.askers += 1;
    try {
      return await (signal
        ? Promise.race([question.answer, whenAborted(signal, question.answer)])
        : question.answer);
    } finally {
      question.askers -= 1;
      if (question.askers === 0 && question.answeredAt === undefined) {
        this.#forget(key, question);
        question.abandon.abort();
      }
    }
  }

  #known(key: string): Question<T> | undefined {
    const known = this.#questions.get(key);
    const isFresh =
      known?.answeredAt === undefined ||
      this.#now() - known.answeredAt < this.#maxAgeMs;
    return isFresh ? known : undefined;
  }

  #ask(key: string, load: (signal: AbortSignal) => Promise<T>): Question<T> {
    const abandon = new AbortController();
    const question: Question<T> = {
      answer: load(abandon.signal),
      askers: 0,
      abandon,
      size: 0,
    };
    this.#forget(key, this.#questions.get(key));
    this.#questions.set(key, question);
    question.answer.then(
      answer => {
        question.answeredAt = this.#now();
        this.#weigh(key, question, this.#sizeOf(answer));
        // Large answers are not kept until somebody asks again.
        setTimeout(() => this.#forget(key, question), this.#maxAgeMs).unref();
      },
      () => {
        question.answeredAt = this.#now();
        this.#forget(key, question);
      },
    );
    this.#makeRoom();
    return question;
  }

  #weigh(key: string, question: Question<T>, size: number): void {
    if (this.#questions.get(key) !== question) {
      return;
    }
    if (size > this.#maxBytes) {
      // Whoever asked has it; to keep it would leave room for nothing else.
      this.#forget(key, question);
      return;
    }
    question.size = size;
    this.#bytes += size;
    this.#makeRoom();
  }

  /** The old go first; what is being answered takes no bytes yet, and is only forgotten here, not given up. */
  #makeRoom(): void {
    for (const [key, question] of this.#questions) {
      const { answeredAt, size } = question;
      const isOld =
        answeredAt !== undefined && this.#now() - answeredAt >= this.#maxAgeMs;
      const isTooMuch = size > 0 && this.#bytes > this.#maxBytes;
      if (isOld || isTooMuch || this.#questions.size > this.#max) {
        this.#forget(key, question);
      }
    }
  }

  #forget(key: string, question: Question<T> | undefined): void {
    if (question && this.#questions.get(key) === question) {
      this.#questions.delete(key);
      this.#bytes -= question.size;
    }
  }
}

/** Rejects when the signal is aborted; lets go of the signal when the answer is there first. */
function whenAborted(
  signal: AbortSignal,
  answer: Promise<unknown>,
): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    const stay = () => signal.removeEventListener('abort', leave);
    answer.then(stay, stay);
  });
}
