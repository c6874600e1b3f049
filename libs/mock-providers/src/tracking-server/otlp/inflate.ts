import { Gunzip, Inflate, Unzlib } from "fflate";
import { OtlpRefusal } from "./message";

/** Longest body after decompression, in bytes: a short one can be made to grow a thousandfold. */
const LONGEST = 64 * 1024 * 1024;
const PIECE = 64 * 1024;

type Stream = Gunzip | Inflate | Unzlib;

/** Undoes the `content-encoding` of a body: `gzip` or `deflate` in any case, else none. */
export function decodeContent(body: Uint8Array, encoding: string): Uint8Array {
  const name = encoding.toLowerCase();
  if (name === "") return body;
  if (name !== "gzip" && name !== "deflate") throw new OtlpRefusal(400, `Unsupported Content-Encoding: ${encoding}`);
  try {
    return name === "gzip" ? gunzip(body) : inflateAll(isZlib(body) ? new Unzlib() : new Inflate(), body);
  } catch {
    throw new OtlpRefusal(400, `Failed to decompress ${name} payload`);
  }
}

/** Checksum and length stand at the end. */
function gunzip(body: Uint8Array): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b) throw new RangeError("No gzip");
  const content = inflateAll(new Gunzip(), body);
  const trailer = new DataView(body.buffer, body.byteOffset + body.length - 8, 8);
  const isWhole = trailer.getUint32(0, true) === crc32(content) && trailer.getUint32(4, true) === content.length;
  if (!isWhole) throw new RangeError("Checksum or length is wrong");
  return content;
}

function inflateAll(stream: Stream, body: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  stream.ondata = (piece) => {
    length += piece.length;
    if (length > LONGEST) throw new RangeError("Too long");
    pieces.push(piece);
  };
  for (let at = 0; at < body.length; at += PIECE) stream.push(body.subarray(at, at + PIECE), at + PIECE >= body.length);
  return concat(pieces, length);
}

function concat(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Deflate comes with a header of two bytes, or bare. */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 15) === 8 && ((first << 8) | second) % 31 === 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_item, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 255] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
