// @ts-check

/**
 * Keeps bodies in memory up to a number of bytes; the ones unused for longest make room for new ones.
 * A body that is asked for while it is still being made is made once.
 */
export class BodyCache {
  /** @type {Map<string, Buffer>} in order of last use */
  #bodies = new Map();
  /** @type {Map<string, Promise<Buffer>>} */
  #pending = new Map();
  #bytes = 0;
  /** Bodies that had to make room, or were too large to be kept at all. */
  dropped = 0;

  /** @param {number} limitBytes */
  constructor(limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Bytes held now; never more than `limitBytes`. */
  get bytes() {
    return this.#bytes;
  }

  /**
   * The body under `key`, made when there is none.
   * @param {string} key
   * @param {() => Promise<Buffer>} make its failure is passed on and not kept
   * @returns {Promise<Buffer>}
   */
  get(key, make) {
    const known = this.#bodies.get(key);
    if (known !== undefined) {
      this.#bodies.delete(key);
      this.#bodies.set(key, known);
      return Promise.resolve(known);
    }
    const pending = this.#pending.get(key) ?? this.#start(key, make);
    return pending;
  }

  /** @param {string} key @param {() => Promise<Buffer>} make */
  #start(key, make) {
    const pending = make()
      .then((body) => this.#keep(key, body))
      .finally(() => this.#pending.delete(key));
    this.#pending.set(key, pending);
    return pending;
  }

  /** @param {string} key @param {Buffer} body */
  #keep(key, body) {
    if (body.length > this.limitBytes) {
      this.dropped += 1;
      return body;
    }
    this.#bodies.set(key, body);
    this.#bytes += body.length;
    for (const [oldest, { length }] of this.#bodies) {
      if (this.#bytes <= this.limitBytes) break;
      this.#bodies.delete(oldest);
      this.#bytes -= length;
      this.dropped += 1;
    }
    return body;
  }
}
