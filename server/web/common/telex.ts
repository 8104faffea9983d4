/**
 * A small Telex engine for the in-page letter pad: what a key does to a text.
 *
 * aa ee oo → â ê ô · aw ow uw → ă ơ ư · uow → ươ · dd → đ · tones s f r x j, z takes the tone away. A key that would do
 * nothing new takes its own effect back and stands as a letter ("aaa" → "aa"). Tones stand where offices write them:
 * hòa, thúy, but hoàn, thuyền.
 */

const MARKS = { breve: "\u0306", circumflex: "\u0302", horn: "\u031b", stroke: "đ" } as const;
const TONES: Readonly<Record<string, string>> = {
  f: "\u0300",
  s: "\u0301",
  r: "\u0309",
  x: "\u0303",
  j: "\u0323",
};
const TONE_MARKS = new Set(Object.values(TONES));
const VOWELS = new Set(["a", "e", "i", "o", "u", "y"]);
/** What may stand between a vowel and a mark typed late: "cana" → "cân". */
const FINALS = new Set(["", "c", "ch", "m", "n", "ng", "nh", "p", "t", "i", "u", "y"]);

type Mark = keyof typeof MARKS | "";

interface Letter {
  readonly base: string;
  readonly upper: boolean;
  mark: Mark;
  tone: string;
}

function read(char: string): Letter {
  const lower = char.toLowerCase();
  const upper = lower !== char;
  if (lower === "đ") return { base: "d", upper, mark: "stroke", tone: "" };
  const [base = lower, ...signs] = lower.normalize("NFD");
  const mark = (Object.keys(MARKS) as (keyof typeof MARKS)[]).find((name) => signs.includes(MARKS[name])) ?? "";
  return { base, upper, mark, tone: signs.find((sign) => TONE_MARKS.has(sign)) ?? "" };
}

function write(letter: Letter): string {
  const sign = letter.mark === "" || letter.mark === "stroke" ? "" : MARKS[letter.mark];
  const base = letter.mark === "stroke" ? "đ" : letter.base;
  const text = (base + sign + letter.tone).normalize("NFC");
  return letter.upper ? text.toUpperCase() : text;
}

/** Indices of the vowels that carry the syllable: without the u of "qu" and the i of "gi" before a vowel. */
function nucleus(word: readonly Letter[]): number[] {
  const found: number[] = [];
  for (const [index, letter] of word.entries()) {
    if (!VOWELS.has(letter.base)) continue;
    const before = word[index - 1]?.base;
    const after = word[index + 1];
    const glide = (letter.base === "u" && before === "q") || (letter.base === "i" && before === "g" && index === 1);
    if (glide && letter.mark === "" && after !== undefined && VOWELS.has(after.base)) continue;
    const last = found.at(-1);
    if (last !== undefined && last !== index - 1) found.length = 0; // "karaoke": the last syllable counts
    found.push(index);
  }
  return found;
}

/** Which letter carries the tone; undefined when there is no vowel. */
function toneSeat(word: readonly Letter[]): number | undefined {
  const vowels = nucleus(word);
  const marked = vowels.filter((index) => word[index]?.mark !== "");
  if (marked.length > 0) return marked.at(-1);
  if (vowels.length === 3) return vowels[1];
  const closed = vowels.length === 2 && (vowels[1] ?? 0) < word.length - 1;
  return closed ? vowels[1] : vowels[0];
}

function currentTone(word: readonly Letter[]): string {
  return word.find((letter) => letter.tone !== "")?.tone ?? "";
}

function setTone(word: readonly Letter[], tone: string): void {
  for (const letter of word) letter.tone = "";
  const seat = toneSeat(word);
  const letter = seat === undefined ? undefined : word[seat];
  if (letter !== undefined) letter.tone = tone;
}

/** True when the tone key did something; false when it stands as a letter. */
function pressTone(word: Letter[], key: string): boolean {
  if (toneSeat(word) === undefined) return false;
  const before = currentTone(word);
  if (key === "z") {
    setTone(word, "");
    return before !== "";
  }
  const tone = TONES[key] ?? "";
  setTone(word, before === tone ? "" : tone);
  return before !== tone;
}

/** aa, ee, oo: the last such vowel, if only a possible end of a syllable follows. */
function pressCircumflex(word: Letter[], key: string): boolean {
  const index = word.findLastIndex((letter) => letter.base === key);
  const letter = word[index];
  if (letter === undefined) return false;
  const rest = word.slice(index + 1).map((next) => next.base);
  if (!FINALS.has(rest.join(""))) return false;
  const before = letter.mark;
  letter.mark = before === "circumflex" ? "" : "circumflex";
  return before !== "circumflex";
}

/** The letters that w changes: both of "uo", else the last of a, o, u. */
function hornSeats(word: readonly Letter[]): number[] {
  const vowels = nucleus(word);
  const o = vowels.findLast((index) => word[index]?.base === "o");
  if (o !== undefined && word[o - 1]?.base === "u" && vowels.includes(o - 1)) return [o - 1, o];
  if (vowels.map((index) => word[index]?.base).join("") === "ua") return vowels.slice(0, 1); // mưa, chưa
  const last = vowels.findLast((index) => ["a", "o", "u"].includes(word[index]?.base ?? ""));
  return last === undefined ? [] : [last];
}

function pressW(word: Letter[], upper: boolean): boolean {
  const seats = hornSeats(word);
  if (seats.length === 0) {
    if (word.some((letter) => VOWELS.has(letter.base))) return false;
    word.push({ base: "u", upper, mark: "horn", tone: "" }); // "tw" → "tư"
    return true;
  }
  const letters = seats.flatMap((index) => word[index] ?? []);
  const undo = letters.every((letter) => letter.mark === (letter.base === "a" ? "breve" : "horn"));
  for (const letter of letters) letter.mark = undo ? "" : letter.base === "a" ? "breve" : "horn";
  return !undo;
}

function pressD(word: Letter[]): boolean {
  const first = word[0];
  if (first?.base !== "d" || (word.length > 1 && !word.some((letter) => VOWELS.has(letter.base)))) return false;
  const before = first.mark;
  first.mark = before === "stroke" ? "" : "stroke";
  return before !== "stroke";
}

function press(word: Letter[], key: string, upper: boolean): boolean {
  if (key in TONES || key === "z") return pressTone(word, key);
  if (key === "a" || key === "e" || key === "o") return pressCircumflex(word, key);
  if (key === "w") return pressW(word, upper);
  return key === "d" && pressD(word);
}

/** The text after pressing one key. Anything but a letter just stands at the end. */
export function telex(text: string, key: string): string {
  const lower = key.toLowerCase();
  if (!/^[a-z]$/.test(lower)) return text + key;
  const start = text.search(/\p{L}*$/u);
  const word = Array.from(text.slice(start).normalize("NFC"), read);
  const upper = key !== lower;
  if (!press(word, lower, upper)) word.push({ base: lower, upper, mark: "", tone: "" });
  settle(word);
  return text.slice(0, start) + word.map(write).join("");
}

/** After any change: "ưo" before an end is "ươ", and the tone moves to where it belongs. */
function settle(word: Letter[]): void {
  for (const [index, letter] of word.entries()) {
    const next = word[index + 1];
    const closed = index + 2 < word.length;
    if (letter.base === "u" && letter.mark === "horn" && next?.base === "o" && next.mark === "" && closed) {
      next.mark = "horn";
    }
  }
  setTone(word, currentTone(word));
}

/** A whole row of keys typed from nothing. */
export function typed(keys: string): string {
  return Array.from(keys).reduce(telex, "");
}
