// The playground: plain calls of the gateway's own /v1, as any program makes them, with the session in place of a key.

const place = document.querySelector("[data-play]");
const form = place.querySelector("[data-play-form]");
const [requestBox, answerBox, curlBox, csharpBox] = document.querySelectorAll(".code code");
const talk = place.querySelector("[data-talk]");
const facts = place.querySelector("[data-facts]");
const sound = place.querySelector("[data-sound]");
const falls = place.querySelector("[data-falls]");
const trouble = place.querySelector("[data-trouble]");
const progress = place.querySelector("progress");
const stopButton = place.querySelector("[data-stop]");
const token = document.body.dataset.token;
const messages = [];
let stopping = null;
let recorded = null;

const field = (name) => form.elements[name]?.value.trim() ?? "";
const pretty = (value) => JSON.stringify(value, null, 2);
const ms = (value) => (value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${Math.round(value)} ms`);
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function say(role, text) {
  const line = document.createElement("div");
  line.className = `said ${role}`;
  line.textContent = text;
  talk.append(line);
  return line;
}

function fail(message) {
  trouble.textContent = message;
  trouble.hidden = false;
}

function describe(path, body, csharp, upload) {
  requestBox.textContent = pretty(body);
  const parts = upload
    ? Object.entries(body).map(([name, value]) => `  -F ${quoted(`${name}=${value}`)}`).join(" \\\n")
    : `  -H 'Content-Type: application/json' \\\n  -d ${quoted(JSON.stringify(body))}`;
  curlBox.textContent = `curl ${location.origin}${path} \\\n  -H "Authorization: Bearer $GROQKIT_KEY" \\\n${parts}`;
  csharpBox.textContent = csharp;
}

const client = `using var groq = new GroqClient(new GroqClientOptions
{
    ApiKey = new ApiKey(Environment.GetEnvironmentVariable("GROQKIT_KEY")!),
    BaseUrl = "${location.origin}",
});
`;
const text = (value) => JSON.stringify(value);

async function refusal(answer) {
  const body = await answer.text();
  answerBox.textContent = body;
  try {
    const { error } = JSON.parse(body);
    return error.message;
  } catch {
    return `The gateway answered ${answer.status}.`;
  }
}

const send = (path, body, headers = {}) =>
  fetch(`/play${path}`, { method: "POST", body, signal: stopping.signal, headers: { "x-groqkit-form": token, ...headers } });

const sendJson = (path, body) => send(path, JSON.stringify(body), { "content-type": "application/json" });

// What it cost is known once the account is settled; who may not read accounts sees what the answer itself says.
async function tell(answer, began, first) {
  const id = answer.headers.get("x-request-id");
  const known = [
    answer.headers.get("x-groqkit-provider"),
    answer.headers.get("x-groqkit-model"),
    first && `first output ${ms(first - began)}`,
    `done ${ms(performance.now() - began)}`,
  ].filter(Boolean);
  facts.textContent = known.join(" · ");
  for (let i = 0; i < 8; i++) {
    await new Promise((done) => setTimeout(done, 400));
    const usage = await fetch(`/play/api/usage?requestId=${encodeURIComponent(id)}`, { headers: { "x-groqkit-form": token } });
    if (!usage.ok) return;
    const [call] = (await usage.json()).items;
    if (!call) continue;
    facts.textContent = [...known, call.cost === null ? "cost not known" : `$${call.cost}`].join(" · ") + " ";
    const link = document.createElement("a");
    link.href = `/usage/${id}`;
    link.textContent = "account";
    facts.append(link);
    return;
  }
}

async function* events(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const parts = rest.split(/\r?\n\r?\n/);
    rest = parts.pop();
    for (const part of parts) {
      const lines = part.split(/\r?\n/);
      const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim()).join("\n");
      const name = lines.find((line) => line.startsWith("event:"))?.slice(6).trim();
      if (data && data !== "[DONE]") yield { name, data: JSON.parse(data) };
    }
  }
}

const asDataUrl = (file) =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(file);
  });

async function chat() {
  const image = form.elements.image.files[0];
  const content = image
    ? [{ type: "text", text: field("text") }, { type: "image_url", image_url: { url: await asDataUrl(image) } }]
    : field("text");
  messages.push({ role: "user", content });
  const body = { model: field("model"), messages: [...(field("system") ? [{ role: "system", content: field("system") }] : []), ...messages] };
  if (field("temperature")) body.temperature = Number(field("temperature"));
  if (field("tools")) body.tools = JSON.parse(field("tools"));
  if (field("schema")) body.response_format = { type: "json_schema", json_schema: { name: "answer", schema: JSON.parse(field("schema")) } };
  if (form.elements.stream.checked) body.stream = true;
  describe("/v1/chat/completions", body, `${client}ChatRequest request = ChatRequest.For(${text(body.model)}).User(${text(field("text"))}).Build();\nChatCompletion answer = await groq.Chat.CreateAsync(request);\nConsole.WriteLine(answer.Text);\n`);
  say("user", field("text"));
  const began = performance.now();
  const answer = await sendJson("/v1/chat/completions", body);
  if (!answer.ok) {
    messages.pop();
    throw new Error(await refusal(answer));
  }
  const line = say("assistant", "");
  let first = null;
  let whole = null;
  let said = "";
  if (body.stream) {
    const chunks = [];
    for await (const { name, data } of events(answer)) {
      chunks.push(data);
      if (name === "error" || data.error) throw new Error(data.error?.message ?? "The answer broke off.");
      const delta = data.choices?.[0]?.delta;
      if (delta?.content) {
        first ??= performance.now();
        said += delta.content;
        line.textContent = said;
      }
      if (delta?.tool_calls) line.textContent = pretty(delta.tool_calls);
    }
    whole = chunks;
  } else {
    whole = await answer.json();
    first = performance.now();
    const message = whole.choices[0].message;
    said = message.content ?? "";
    line.textContent = said || pretty(message.tool_calls);
  }
  messages.push({ role: "assistant", content: said });
  answerBox.textContent = pretty(whole);
  await tell(answer, began, first);
}

// Only this way tells how far an upload is.
function upload(path, data) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/play${path}`);
    request.setRequestHeader("x-groqkit-form", token);
    request.upload.onprogress = (event) => (progress.value = event.total ? event.loaded / event.total : 0);
    request.onload = () =>
      done(new Response(request.responseText, {
        status: request.status,
        headers: request.getAllResponseHeaders().trim().split(/\r?\n/).map((line) => line.split(/:\s*/, 2)),
      }));
    request.onerror = () => failed(new Error("The connection broke off."));
    request.onabort = () => failed(new DOMException("Stopped", "AbortError"));
    stopping.signal.addEventListener("abort", () => request.abort());
    progress.hidden = false;
    progress.value = 0;
    request.send(data);
  });
}

const clock = (seconds, mark) => new Date(seconds * 1000).toISOString().slice(11, 23).replace(".", mark);

function subtitles(segments, kind) {
  const mark = kind === "srt" ? "," : ".";
  const parts = segments.map(({ start, end, text }, i) => `${kind === "srt" ? `${i + 1}\n` : ""}${clock(start, mark)} --> ${clock(end, mark)}\n${text.trim()}\n`);
  return (kind === "vtt" ? "WEBVTT\n\n" : "") + parts.join("\n");
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.className = "quiet";
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.textContent = `Download ${name}`;
  sound.append(link);
}

async function transcribe() {
  const file = form.elements.file.files[0] ?? recorded;
  if (!file) throw new Error("Choose a recording, or record one.");
  const kind = field("subtitles");
  const body = { model: field("model"), response_format: kind ? "verbose_json" : "json" };
  if (field("language")) body.language = field("language");
  describe("/v1/audio/transcriptions", { ...body, file: `@${file.name ?? "recording.wav"}` }, `${client}Transcription heard = await groq.Audio.Transcriptions.CreateAsync(
    new TranscriptionRequest { Audio = AudioInput.FromFile(${text(file.name ?? "recording.wav")}), Model = ${text(body.model)} });
Console.WriteLine(heard.Text);
`, true);
  const data = new FormData();
  Object.entries(body).forEach(([name, value]) => data.append(name, value));
  data.append("file", file, file.name ?? "recording.wav");
  const began = performance.now();
  const answer = await upload("/v1/audio/transcriptions", data);
  if (!answer.ok) throw new Error(await refusal(answer));
  const heard = await answer.json();
  answerBox.textContent = pretty(heard);
  say("assistant", heard.text);
  if (kind) offer(new Blob([subtitles(heard.segments ?? [], kind)], { type: "text/plain" }), `subtitles.${kind}`);
  await tell(answer, began, null);
}

function play(blob, name) {
  const player = document.createElement("audio");
  player.controls = true;
  player.src = URL.createObjectURL(blob);
  sound.append(player);
  offer(blob, name);
  player.play().catch(() => {});
}

async function speak() {
  const body = { model: field("model"), input: field("text"), voice: field("voice"), response_format: field("format") };
  describe("/v1/audio/speech", body, `${client}SpeechAudio sound = await groq.Audio.Speech.CreateAsync(
    new SpeechRequest { Input = ${text(body.input)}, Voice = new SpeechVoice(${text(body.voice)}), Model = ${text(body.model)} });
`);
  const began = performance.now();
  const answer = await sendJson("/v1/audio/speech", body);
  if (!answer.ok) throw new Error(await refusal(answer));
  const first = performance.now();
  const blob = await answer.blob();
  answerBox.textContent = `${blob.type}, ${blob.size} bytes`;
  play(blob, `speech.${body.response_format}`);
  await tell(answer, began, first);
}

function fall(name, at, length, whole) {
  const row = document.createElement("div");
  row.className = "fall";
  row.innerHTML = `<span></span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect height="10"></rect></svg><span class="number"></span>`;
  row.children[0].textContent = name;
  row.children[2].textContent = ms(at + length);
  const bar = row.querySelector("rect");
  bar.setAttribute("x", (at / whole) * 100);
  bar.setAttribute("width", Math.max((length / whole) * 100, 0.5));
  falls.append(row);
}

function wav(pieces, rate) {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const view = new DataView(new ArrayBuffer(44));
  const put = (at, word) => [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  put(0, "RIFF"); view.setUint32(4, 36 + size, true); put(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, rate * 2, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  put(36, "data"); view.setUint32(40, size, true);
  return new Blob([view, ...pieces], { type: "audio/wav" });
}

async function turn(body, type) {
  const path = `/v1/agents/${encodeURIComponent(field("model"))}/voice?format=pcm_16000`;
  describe(path, type === "application/json" ? JSON.parse(body) : { sound: `${body.size} bytes of ${type}` }, "// A turn is one POST; its events come as they happen.\n");
  const began = performance.now();
  const answer = await send(path, body, { "content-type": type, accept: "text/event-stream" });
  if (!answer.ok) throw new Error(await refusal(answer));
  const all = [];
  const pieces = [];
  let heard = null;
  let line = null;
  let first = null;
  let timings = null;
  for await (const { name, data } of events(answer)) {
    const kind = name ?? data.type;
    if (kind !== "audio.delta") all.push(data);
    if (kind === "transcript.delta" || kind === "transcript.done") {
      heard ??= say("user", "");
      heard.textContent = data.text ?? heard.textContent + (data.delta ?? "");
    } else if (kind === "answer.delta") {
      line ??= say("assistant", "");
      first ??= performance.now();
      line.textContent += data.delta ?? data.text ?? "";
    } else if (kind === "audio.delta") {
      const bytes = Uint8Array.from(atob(data.audio ?? data.delta ?? ""), (letter) => letter.charCodeAt(0));
      pieces.push(bytes);
    } else if (kind === "timings") {
      timings = data;
    } else if (kind === "error") {
      fail(data.message ?? data.error?.message ?? "The turn failed.");
    }
  }
  answerBox.textContent = pretty(all);
  if (pieces.length > 0) play(wav(pieces, 16000), "turn.wav");
  if (timings) {
    const steps = Object.entries(timings).filter(([name, value]) => typeof value === "number" && name.endsWith("_ms"));
    const whole = Math.max(...steps.map(([, value]) => value), 1);
    steps.forEach(([name, value]) => fall(name.slice(0, -3).replaceAll("_", " "), 0, value, whole));
  }
  await tell(answer, began, first);
}

async function microphone() {
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
async function samples(blob) {
  const context = new OfflineAudioContext(1, 1, 16000);
  const decoded = await context.decodeAudioData(await blob.arrayBuffer());
  const floats = decoded.getChannelData(0);
  const data = new Int16Array(floats.length);
  floats.forEach((value, i) => (data[i] = Math.max(-1, Math.min(1, value)) * 32767));
  return new File([wav([new Uint8Array(data.buffer)], 16000)], "recording.wav", { type: "audio/wav" });
}

async function run(action) {
  trouble.hidden = true;
  sound.replaceChildren();
  falls.replaceChildren();
  facts.textContent = "Asking …";
  stopping = new AbortController();
  stopButton.hidden = false;
  try {
    await action();
  } catch (failure) {
    facts.textContent = failure.name === "AbortError" ? "Stopped." : "It failed.";
    if (failure.name !== "AbortError") fail(failure.message);
  } finally {
    stopButton.hidden = true;
    progress.hidden = true;
  }
}

const actions = {
  chat,
  transcribe,
  speak,
  voice: () => turn(JSON.stringify({ text: field("text") }), "application/json"),
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run(actions[place.dataset.play]);
});
stopButton.addEventListener("click", () => stopping?.abort());

const record = place.querySelector("[data-record]");
let end = null;
record?.addEventListener("click", async () => {
  try {
    if (end) {
      recorded = await samples(await end());
      end = null;
      record.textContent = `Record again (${Math.round(recorded.size / 1024)} kB recorded)`;
    } else {
      end = await microphone();
      record.textContent = "Stop recording";
    }
  } catch (failure) {
    fail(`The microphone can't be used: ${failure.message}`);
  }
});

const hold = place.querySelector("[data-hold]");
async function press() {
  if (end) return;
  try {
    end = await microphone();
    hold.textContent = "Listening …";
  } catch (failure) {
    fail(`The microphone can't be used: ${failure.message}`);
  }
}
async function release() {
  if (!end) return;
  const stop = end;
  end = null;
  hold.textContent = "Hold to talk";
  const file = await samples(await stop());
  await run(() => turn(file, "audio/wav"));
}
hold?.addEventListener("pointerdown", press);
hold?.addEventListener("pointerup", release);
hold?.addEventListener("keydown", (event) => event.key === " " && !event.repeat && press());
hold?.addEventListener("keyup", (event) => event.key === " " && release());
