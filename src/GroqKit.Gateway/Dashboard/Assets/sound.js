// Sound as browsers record it and as providers take it, and the words of it as subtitles.

export async function microphone() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  return () =>
    new Promise((done) => {
      recorder.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        done(new Blob(parts, { type: recorder.mimeType }));
      };
      recorder.stop();
    });
}

// What the browser records is packed; every provider takes plain samples.
export async function samples(blob) {
  const context = new OfflineAudioContext(1, 1, 16000);
  const decoded = await context.decodeAudioData(await blob.arrayBuffer());
  const floats = decoded.getChannelData(0);
  const data = new Int16Array(floats.length);
  floats.forEach((value, i) => (data[i] = Math.max(-1, Math.min(1, value)) * 32767));
  return new File([wav([new Uint8Array(data.buffer)], 16000)], "recording.wav", { type: "audio/wav" });
}

// Sound that is heard while it comes: each piece begins where the one before it ends, on the browser's own clock.
export function speaker(rate) {
  const context = new AudioContext({ sampleRate: rate });
  let end = 0;
  return {
    add(bytes) {
      const piece = new Int16Array(bytes.buffer, 0, bytes.length >> 1);
      const buffer = context.createBuffer(1, piece.length, rate);
      const channel = buffer.getChannelData(0);
      piece.forEach((value, i) => (channel[i] = value / 32768));
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(context.destination);
      end = Math.max(end, context.currentTime + 0.02);
      source.start(end);
      end += buffer.duration;
    },
    // In seconds; a page that may make no sound has none left.
    left: () => (context.state === "running" ? Math.max(end - context.currentTime, 0) : 0),
    close: () => context.state !== "closed" && context.close(),
  };
}

export function wav(pieces, rate) {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const view = new DataView(new ArrayBuffer(44));
  const put = (at, word) => [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  put(0, "RIFF"); view.setUint32(4, 36 + size, true); put(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, rate * 2, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  put(36, "data"); view.setUint32(40, size, true);
  return new Blob([view, ...pieces], { type: "audio/wav" });
}

const clock = (seconds, mark) => new Date(seconds * 1000).toISOString().slice(11, 23).replace(".", mark);

export function subtitles(segments, kind) {
  const mark = kind === "srt" ? "," : ".";
  const parts = segments.map(({ start, end, text }, i) => `${kind === "srt" ? `${i + 1}\n` : ""}${clock(start, mark)} --> ${clock(end, mark)}\n${text.trim()}\n`);
  return (kind === "vtt" ? "WEBVTT\n\n" : "") + parts.join("\n");
}
