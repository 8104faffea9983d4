/** Reading QR codes from a camera. The decoder is WebAssembly from our own server; nothing is fetched from elsewhere. */

import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

/** Ten looks a second: a low-end tablet needs most of that for one frame. */
const LOOK_MS = 100;

export type CameraState = "starting" | "on" | "none" | "denied" | "insecure";

/** Reads codes from the camera shown in `video` until `stop`. */
export class Camera {
  private stream: MediaStream | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private detector: BarcodeDetector | undefined;
  private stopped = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly scanned: (code: string) => void,
    private readonly changed: (state: CameraState) => void,
  ) {}

  /** Ask for the camera and begin to look. */
  async start(): Promise<void> {
    this.changed("starting");
    if (navigator.mediaDevices === undefined) return this.changed("insecure");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      if (this.stopped) return stopStream(stream);
      this.stream = stream;
      stream.getVideoTracks()[0]?.addEventListener("ended", () => this.changed("none")); // unplugged
      this.video.srcObject = stream;
      await this.video.play();
      prepareZXingModule({ overrides: { locateFile: (name: string) => (name.endsWith(".wasm") ? wasm : name) } });
      this.detector = new BarcodeDetector({ formats: ["qr_code"] });
      this.changed("on");
      this.look();
    } catch (error) {
      if (!this.stopped)
        this.changed(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "none");
    }
  }

  /** Let the camera go. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.stream !== undefined) stopStream(this.stream);
    this.video.srcObject = null;
  }

  private look(): void {
    this.timer = setTimeout(async () => {
      if (this.stopped || this.detector === undefined) return;
      try {
        const [found] = await this.detector.detect(this.video);
        if (found !== undefined && !this.stopped) this.scanned(found.rawValue);
      } catch {
        // A frame that could not be read; the next one comes.
      }
      if (!this.stopped) this.look();
    }, LOOK_MS);
  }
}

function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
