/** The room: a tone from the loudspeakers, the level of the microphone, the camera's picture. */

const TONE_HZ = 660;
const TONE_S = 2;
const FFT = 2048;

let context: AudioContext | undefined;

/** One context a page; browsers let it sound only after a touch, and every use here follows one. */
async function audio(): Promise<AudioContext> {
  context ??= new AudioContext();
  await context.resume();
  return context;
}

/** Play the tone; resolves when it is over. */
export async function playTone(): Promise<void> {
  const at = await audio();
  const tone = at.createOscillator();
  const level = at.createGain();
  tone.frequency.value = TONE_HZ;
  level.gain.setValueAtTime(0, at.currentTime);
  level.gain.linearRampToValueAtTime(0.4, at.currentTime + 0.05);
  level.gain.setValueAtTime(0.4, at.currentTime + TONE_S - 0.05);
  level.gain.linearRampToValueAtTime(0, at.currentTime + TONE_S);
  tone.connect(level).connect(at.destination);
  tone.start();
  tone.stop(at.currentTime + TONE_S);
  await new Promise((done) => tone.addEventListener("ended", done, { once: true }));
}

export type RoomState = "closed" | "insecure" | "denied" | "open";

/** Camera and microphone of the room while they are tried. */
export class Room {
  private readonly analyser: AnalyserNode;

  private constructor(
    readonly stream: MediaStream,
    at: AudioContext,
  ) {
    this.analyser = at.createAnalyser();
    this.analyser.fftSize = FFT;
    this.analyser.smoothingTimeConstant = 0;
    if (stream.getAudioTracks().length > 0) at.createMediaStreamSource(stream).connect(this.analyser);
  }

  /** Ask for both; for each alone when one is missing. Raises DOMException. */
  static async open(): Promise<Room> {
    const audioIn = { echoCancellation: true, noiseSuppression: true };
    const wanted = [{ video: true, audio: audioIn }, { audio: audioIn }, { video: true }];
    let problem: unknown;
    for (const constraints of wanted) {
      try {
        return new Room(await navigator.mediaDevices.getUserMedia(constraints), await audio());
      } catch (error) {
        problem = error;
      }
    }
    throw problem;
  }

  /** How loud it is now, from 0 to 100. */
  level(): number {
    const samples = new Float32Array(FFT);
    this.analyser.getFloatTimeDomainData(samples);
    return levelOf(samples);
  }

  /** Let both go. */
  close(): void {
    for (const track of this.stream.getTracks()) track.stop();
  }
}

/** From samples (−1…1) to 0…100 on a scale of decibels: −60 dB is silence. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const one of samples) sum += one * one;
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
  return Math.round(Math.min(100, Math.max(0, ((decibels + 60) * 100) / 60)));
}
