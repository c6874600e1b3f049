import { malformed } from "./message";

export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH = 2;
const FIXED32 = 5;

/** How the fields of a message are read, by tag: `field number << 3 | wire type`. */
export type Fields<T> = Readonly<Record<number, (message: T, reader: ProtobufReader) => void>>;

/** Reads the wire format of protobuf. Anything that is not such ends in the refusal of the request. */
export class ProtobufReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads a whole message into `message`. Fields that `fields` does not name, or of another wire type, are skipped. */
  into<T>(message: T, fields: Fields<T>): T {
    while (this.#at < this.#bytes.length) {
      const tag = Number(this.varint());
      if (tag < 8 || tag > 0xffffffff) throw malformed();
      const read = fields[tag];
      if (read) read(message, this);
      else this.#skip(tag & 7);
    }
    return message;
  }

  /** A message within this one. */
  message<T>(message: T, fields: Fields<T>): T {
    return new ProtobufReader(this.bytes()).into(message, fields);
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw malformed();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw malformed();
  }

  fixed64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  double(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  bytes(): Uint8Array {
    const length = Number(this.varint());
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes());
    } catch {
      throw malformed();
    }
  }

  #skip(wireType: number): void {
    if (wireType === VARINT) this.varint();
    else if (wireType === FIXED64) this.#advance(8);
    else if (wireType === LENGTH) this.bytes();
    else if (wireType === FIXED32) this.#advance(4);
    else throw malformed();
  }

  /** Moves on by so many bytes and returns where they start. */
  #advance(length: number): number {
    const start = this.#at;
    if (length > this.#bytes.length - start) throw malformed();
    this.#at += length;
    return start;
  }
}
