/** The two 8-bit codings of the telephone network (ITU-T G.711), as tables of 256 16-bit samples. */

/** Mu-law (North America, Japan): bits are sent inverted; 14-bit range scaled to 16. */
export const MU_LAW: Int16Array = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return bits & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
});

/** A-law (elsewhere): every second bit is sent inverted; 13-bit range scaled to 16. */
export const A_LAW: Int16Array = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const mantissa = (bits & 0x0f) << 4;
  const exponent = (bits & 0x70) >> 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
});
