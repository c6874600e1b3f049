/** A protobuf message under construction: the fields that were added, in order. Reading it costs one copy of the bytes. */
export class ProtobufMessage {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** A text or nested message; empty texts, which are proto3's default, are left out. */
  text(field: number, value: string): this {
    return value === "" ? this : this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#head(field, 2);
    this.#varint(BigInt(value.length));
    return this.#push(value);
  }

  message(field: number, value: ProtobufMessage): this {
    this.#head(field, 2);
    this.#varint(BigInt(value.#length));
    for (const chunk of value.#chunks) this.#push(chunk);
    return this;
  }

  /** `int64`, `uint32`, `bool` or `enum`; written also when it is 0. */
  integer(field: number, value: bigint): this {
    this.#head(field, 0);
    return this.#varint(BigInt.asUintN(64, value));
  }

  fixed64(field: number, value: bigint): this {
    return this.#fixed(field, 1, 8, (view) => view.setBigUint64(0, BigInt.asUintN(64, value), true));
  }

  double(field: number, value: number): this {
    return this.#fixed(field, 1, 8, (view) => view.setFloat64(0, value, true));
  }

  fixed32(field: number, value: number): this {
    return this.#fixed(field, 5, 4, (view) => view.setUint32(0, value, true));
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  #fixed(field: number, wireType: number, size: number, write: (view: DataView) => void): this {
    const value = new Uint8Array(size);
    write(new DataView(value.buffer));
    this.#head(field, wireType);
    return this.#push(value);
  }

  #head(field: number, wireType: number): void {
    this.#varint(BigInt((field << 3) | wireType));
  }

  #varint(value: bigint): this {
    const digits: number[] = [];
    let rest = value;
    for (; rest > 127n; rest >>= 7n) digits.push(Number(rest & 127n) | 128);
    digits.push(Number(rest));
    return this.#push(Uint8Array.from(digits));
  }

  #push(chunk: Uint8Array): this {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return this;
  }
}
