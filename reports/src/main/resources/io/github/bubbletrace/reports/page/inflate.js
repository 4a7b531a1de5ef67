/* Inflates gzip in browsers without DecompressionStream. RFC 1951 and 1952. */
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/* Canonical Huffman code: how many codes each length has, and the symbols in the order of their codes. */
function huffman(lengths) {
  const counts = new Uint16Array(16);
  const offsets = new Uint16Array(16);
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach(length => counts[length]++);
  counts[0] = 0;
  for (let i = 1; i < 16; i++) offsets[i] = offsets[i - 1] + counts[i - 1];
  lengths.forEach((length, symbol) => { if (length > 0) symbols[offsets[length]++] = symbol; });
  return { counts, symbols };
}

class Inflater {
  constructor(input, at) {
    this.input = input;
    this.at = at;
    this.held = 0;
    this.heldBits = 0;
    this.out = new Uint8Array(input.length * 4 + 1024);
    this.size = 0;
  }

  bits(count) {
    while (this.heldBits < count) {
      if (this.at >= this.input.length) throw new Error("the packed data ends early");
      this.held |= this.input[this.at++] << this.heldBits;
      this.heldBits += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.heldBits -= count;
    return value;
  }

  symbol(code) {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      value |= this.bits(1);
      const count = code.counts[length];
      if (value - count < first) return code.symbols[index + value - first];
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw new Error("the packed data is damaged");
  }

  room(count) {
    if (this.size + count > this.out.length) {
      const larger = new Uint8Array(2 * this.out.length + count);
      larger.set(this.out.subarray(0, this.size));
      this.out = larger;
    }
  }

  stored() {
    this.held = 0;
    this.heldBits = 0;
    const length = this.input[this.at] | (this.input[this.at + 1] << 8);
    this.at += 4;
    this.room(length);
    this.out.set(this.input.subarray(this.at, this.at + length), this.size);
    this.at += length;
    this.size += length;
  }

  codes() {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const orders = this.bits(4) + 4;
    const ofCodes = new Array(19).fill(0);
    for (let i = 0; i < orders; i++) ofCodes[CODE_ORDER[i]] = this.bits(3);
    const code = huffman(ofCodes);
    const lengths = [];
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(code);
      if (symbol < 16) { lengths.push(symbol); continue; }
      const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
      let repeat = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      while (repeat-- > 0) lengths.push(value);
    }
    return [huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals))];
  }

  static fixed() {
    const lengths = Array.from({ length: 288 }, (_, i) => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
    return [huffman(lengths), huffman(new Array(30).fill(5))];
  }

  block(literals, distances) {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.room(1);
        this.out[this.size++] = symbol;
        continue;
      }
      const length = LENGTHS[symbol - 257] + this.bits(LENGTH_BITS[symbol - 257]);
      const far = this.symbol(distances);
      const distance = DISTANCES[far] + this.bits(far < 2 ? 0 : (far >> 1) - 1);
      this.room(length);
      for (let i = 0; i < length; i++, this.size++) this.out[this.size] = this.out[this.size - distance];
    }
  }

  all() {
    let last = false;
    while (!last) {
      last = this.bits(1) === 1;
      const kind = this.bits(2);
      if (kind === 3) throw new Error("the packed data is damaged");
      if (kind === 0) this.stored();
      else this.block(...(kind === 1 ? Inflater.fixed() : this.codes()));
    }
    return this.out.subarray(0, this.size);
  }
}

/* bubbletrace writes the plain header of ten bytes: no name, no comment. */
function inflate(packed) {
  return new Inflater(packed, 10).all();
}

function fromBase64(text) {
  const raw = atob(text.trim());
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

async function unpack(text) {
  const packed = fromBase64(text);
  if (typeof DecompressionStream === "undefined") return inflate(packed);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
