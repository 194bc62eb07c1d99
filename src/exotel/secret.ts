/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * A value that must never be shown by accident. Printing, interpolating, inspecting or serialising a
 * Secret yields dots; only `reveal()` gives the value, so every place that needs it is found by name.
 */
const MASK = '••••••••';

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The clear text. Call it only where the value leaves for its destination. */
  reveal(): string {
    return this.#value;
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
