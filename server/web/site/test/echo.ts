/**
 * Echo by correlation: a short sweep is played again and again, what the microphone hears is compared with it. Pure.
 *
 * A matched filter finds a sweep far below a room's noise, tells when it came (delay) and how strong (level), and is not
 * misled by talk: it must be found at the same delay each time it was played. Reflections are later peaks; the first
 * that is at least half as strong as the strongest is the direct way.
 */

/** What was found. `delayMs`: from playing to hearing, of the first way; `levelDb`: how much weaker it came back. */
export interface Echo {
  readonly delayMs: number;
  readonly lossDb: number;
}

export const SWEEP_S = 0.7;
export const EVERY_S = 1.1;
const LOW_HZ = 400;
const HIGH_HZ = 4_000;
const FADE_S = 0.02;
/** How far a peak stands out of the median of the correlation: noise alone stays below, by chance once in millions. */
const STANDS_OUT = 14;
const DIRECT = 0.5;
const SAME_MS = 8;
const REFINE_S = 0.001;

/** A linear sweep of SWEEP_S, −1…1, without clicks at its ends. `rate`: samples a second. */
export function sweep(rate: number): Float32Array {
  const length = Math.round(SWEEP_S * rate);
  const fade = Math.round(FADE_S * rate);
  return Float32Array.from({ length }, (_, at) => {
    const time = at / rate;
    const phase = 2 * Math.PI * (LOW_HZ * time + ((HIGH_HZ - LOW_HZ) * time * time) / (2 * SWEEP_S));
    return Math.sin(phase) * Math.min(1, at / fade, (length - 1 - at) / fade);
  });
}

/**
 * Find one sweep in what was heard from the moment it was played: `heard` begins with that moment and ends with the next
 * one. `played`: what was sent to the loudspeakers. Null: it is not there.
 */
export function find(heard: Float32Array, played: Float32Array, rate: number): Echo | null {
  const found = correlation(heard, played);
  const lags = Math.max(1, heard.length - played.length);
  let strongest = 0;
  for (let lag = 0; lag < lags; lag += 1) strongest = Math.max(strongest, Math.abs(found[lag] ?? 0));
  const quiet = median(found.subarray(0, lags));
  if (strongest === 0 || strongest < STANDS_OUT * quiet) return null;
  let first = 0;
  while (Math.abs(found[first] ?? 0) < DIRECT * strongest) first += 1;
  let peak = first;
  for (let lag = first; lag < Math.min(lags, first + REFINE_S * rate); lag += 1)
    if (Math.abs(found[lag] ?? 0) > Math.abs(found[peak] ?? 0)) peak = lag;
  let energy = 0;
  for (const one of played) energy += one * one;
  return { delayMs: (peak * 1000) / rate, lossDb: -20 * Math.log10(strongest / energy) };
}

/** What several sweeps say together: the middle one when most agree about the delay; else null. */
export function agreed(found: readonly (Echo | null)[]): Echo | null {
  const there = found.filter((one) => one !== null).sort((one, other) => one.delayMs - other.delayMs);
  const middle = there[Math.floor(there.length / 2)];
  if (middle === undefined) return null;
  const near = there.filter((one) => Math.abs(one.delayMs - middle.delayMs) <= SAME_MS);
  return near.length >= 2 && near.length * 2 > found.length ? middle : null;
}

/** All sweeps of a recording that begins when the first was played. */
export function findAll(heard: Float32Array, played: Float32Array, rate: number, times: number): (Echo | null)[] {
  const every = Math.round(EVERY_S * rate);
  return Array.from({ length: times }, (_, at) => find(heard.subarray(at * every, (at + 1) * every), played, rate));
}

/** The quietest echo that could have been told from what was heard, in dB below what was played. */
export function floorDb(heard: Float32Array, played: Float32Array): number {
  const quiet = median(correlation(heard, played));
  let energy = 0;
  for (const one of played) energy += one * one;
  return -20 * Math.log10(Math.max(1e-9, (STANDS_OUT * quiet) / energy));
}

function median(values: Float64Array): number {
  const sorted = values.map(Math.abs).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** How alike `heard` is to `played`, begun at each sample of it. */
export function correlation(heard: Float32Array, played: Float32Array): Float64Array {
  let size = 1;
  while (size < heard.length + played.length) size *= 2;
  const a = spectrum(heard, size);
  const b = spectrum(played, size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let at = 0; at < size; at += 1) {
    const [ar, ai, br, bi] = [a.re[at] ?? 0, a.im[at] ?? 0, b.re[at] ?? 0, b.im[at] ?? 0];
    re[at] = ar * br + ai * bi; // a · conj(b), conjugated: the forward transform then goes back
    im[at] = ar * bi - ai * br;
  }
  transform(re, im);
  return re.map((one) => one / size).subarray(0, heard.length);
}

function spectrum(samples: Float32Array, size: number): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(samples);
  transform(re, im);
  return { re, im };
}

/** The discrete Fourier transform in place, radix 2 (Cooley and Tukey 1965). The length is a power of two. */
function transform(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  reorder(re, im);
  for (let half = 1; half < size; half *= 2) {
    for (let step = 0; step < half; step += 1) {
      const angle = (-Math.PI * step) / half;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let at = step; at < size; at += 2 * half) {
        const other = at + half;
        const [xr, xi] = [re[other] ?? 0, im[other] ?? 0];
        const [tr, ti] = [xr * c - xi * s, xr * s + xi * c];
        re[other] = (re[at] ?? 0) - tr;
        im[other] = (im[at] ?? 0) - ti;
        re[at] = (re[at] ?? 0) + tr;
        im[at] = (im[at] ?? 0) + ti;
      }
    }
  }
}

/** Each sample to the place whose bits are its own in reverse. */
function reorder(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let at = 1, mirrored = 0; at < size; at += 1) {
    let bit = size >> 1;
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
    mirrored ^= bit;
    if (at >= mirrored) continue;
    for (const one of [re, im]) {
      const kept = one[at] ?? 0;
      one[at] = one[mirrored] ?? 0;
      one[mirrored] = kept;
    }
  }
}
