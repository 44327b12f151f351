/** Reads settings from the environment. What makes no sense is an error that names the variable. */
export class Settings {
  #env;

  constructor(env) {
    this.#env = env;
  }

  text(name, otherwise) {
    return this.#env[name] || otherwise;
  }

  /** A whole number, of milliseconds, connections or the like. */
  whole(name, otherwise, { min = 0, max = 3_600_000 } = {}) {
    const text = this.text(name, String(otherwise));
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new Error(
        `${name} must be a whole number from ${min} to ${max}, not "${text}"`,
      );
    }
    return value;
  }

  /** A number that may have a fraction. */
  number(name, otherwise, { min = 0, max = 1_000_000 } = {}) {
    const text = this.text(name, String(otherwise));
    const value = Number(text);
    if (text.trim() === '' || !(value >= min && value <= max)) {
      throw new Error(
        `${name} must be a number from ${min} to ${max}, not "${text}"`,
      );
    }
    return value;
  }

  oneOf(name, otherwise, known) {
    const text = this.text(name, otherwise);
    if (!known.includes(text)) {
      throw new Error(
        `${name} must be one of ${known.join(', ')}, not "${text}"`,
      );
    }
    return text;
  }
}
