/** Hands on what comes in, with the frame of the context's clock it began at. An AudioWorklet: a file of its own. */

class Tap extends AudioWorkletProcessor {
  process([input]) {
    const samples = input[0];
    if (samples !== undefined) this.port.postMessage({ frame: currentFrame, samples: samples.slice() });
    return true;
  }
}

registerProcessor("tap", Tap);
