// The playground: plain calls of the gateway's own /v1, as any program makes them, with the session in place of a key.

import * as code from "./code.js";
import { microphone, samples, speaker, subtitles, wav } from "./sound.js";

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
// What is said on this page is one talk. Without HTTPS a page has no randomUUID.
const conversation = `playground-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
const turnRate = 16000;
let stopping = null;
let recorded = null;
let talking = null;

const field = (name) => form.elements[name]?.value.trim() ?? "";
const pretty = (value) => JSON.stringify(value, null, 2);
const ms = (value) => (value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${Math.round(value)} ms`);

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

function describe(body, curl, csharp) {
  requestBox.textContent = pretty(body);
  curlBox.textContent = curl;
  csharpBox.textContent = csharp;
}

// What is typed as JSON; the message of a mistake names the field.
function json(name, title) {
  try {
    return field(name) ? JSON.parse(field(name)) : undefined;
  } catch (failure) {
    form.elements[name].focus();
    throw new Error(`${title}: ${failure.message}`);
  }
}

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
async function tell(answer, began, first, cost) {
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
    const spent = cost ?? call.cost;
    facts.textContent = [...known, spent === null ? "cost not known" : `$${Number(spent.toPrecision(4))}`].join(" · ") + " ";
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
  const asked = { role: "user", content };
  const body = { model: field("model"), messages: [...(field("system") ? [{ role: "system", content: field("system") }] : []), ...messages, asked] };
  const schema = json("schema", "JSON schema of the answer");
  if (field("temperature")) body.temperature = Number(field("temperature"));
  body.tools = json("tools", "Tools");
  if (schema) body.response_format = { type: "json_schema", json_schema: { name: "answer", schema } };
  if (form.elements.stream.checked) body.stream = true;
  describe(body, code.curl("/v1/chat/completions", body), code.chat(body, image?.name));
  say("user", field("text"));
  const began = performance.now();
  const answer = await sendJson("/v1/chat/completions", body);
  if (!answer.ok) throw new Error(await refusal(answer));
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
  messages.push(asked, { role: "assistant", content: said });
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
  const name = file.name ?? "recording.wav";
  describe({ ...body, file: name }, code.upload("/v1/audio/transcriptions", body, name), code.transcription(body, name));
  const data = new FormData();
  Object.entries(body).forEach(([name, value]) => data.append(name, value));
  data.append("file", file, name);
  const began = performance.now();
  const answer = await upload("/v1/audio/transcriptions", data);
  if (!answer.ok) throw new Error(await refusal(answer));
  const heard = await answer.json();
  answerBox.textContent = pretty(heard);
  say("assistant", heard.text);
  if (kind) offer(new Blob([subtitles(heard.segments ?? [], kind)], { type: "text/plain" }), `subtitles.${kind}`);
  await tell(answer, began, null);
}

function keep(blob, name) {
  const player = document.createElement("audio");
  player.controls = true;
  player.src = URL.createObjectURL(blob);
  sound.append(player);
  offer(blob, name);
  return player;
}

async function speak() {
  const body = { model: field("model"), input: field("text"), voice: field("voice"), response_format: field("format") };
  describe(body, `${code.curl("/v1/audio/speech", body)} \\\n  --output speech.${body.response_format}`, code.speech(body));
  const began = performance.now();
  const answer = await sendJson("/v1/audio/speech", body);
  if (!answer.ok) throw new Error(await refusal(answer));
  const first = performance.now();
  const blob = await answer.blob();
  answerBox.textContent = `${blob.type}, ${blob.size} bytes`;
  keep(blob, `speech.${body.response_format}`)
    .play()
    .catch(() => {});
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

// Each step from where what it waits for was there to where it was done; a step that didn't happen has no bar.
const steps = [
  ["Heard", null, "transcript_ms"],
  ["First words", "transcript_ms", "first_token_ms"],
  ["First sentence", "first_token_ms", "first_sentence_ms"],
  ["First sound", "first_sentence_ms", "first_audio_ms"],
  ["All words", "first_token_ms", "answer_ms"],
  ["All sound", "first_audio_ms", "total_ms"],
];

function waterfall(timings) {
  for (const [name, from, to] of steps) {
    if (timings[to] === null) continue;
    const at = timings[from] ?? 0;
    fall(name, at, Math.max(timings[to] - at, 0), Math.max(timings.total_ms, 1));
  }
  if (timings.own_ms === null) return;
  const own = document.createElement("p");
  own.className = "small muted";
  own.textContent = `Of the time to the first sound ${ms(timings.own_ms)} were the gateway's own; the answer plays for ${ms(timings.audio_ms)}.`;
  falls.append(own);
}

// Until what was said has been heard, or the visitor stops it.
async function hearOut(voice, signal) {
  while (voice.left() > 0 && !signal.aborted) await new Promise((done) => setTimeout(done, 100));
}

async function turn(body, type) {
  const path = `/v1/agents/${encodeURIComponent(field("model"))}/voice?format=pcm_${turnRate}`;
  const typed = type === "application/json" ? JSON.parse(body) : null;
  describe(typed ?? { sound: `${body.size} bytes of ${type}` }, code.turn(path, typed, type), code.turnInCSharp(path, typed, type));
  const began = performance.now();
  if (typed) say("user", typed.text);
  talking?.close();
  const voice = (talking = speaker(turnRate));
  try {
    await converse(path, body, type, voice, began);
  } finally {
    voice.close();
  }
}

async function converse(path, body, type, voice, began) {
  const { signal } = stopping;
  const answer = await send(path, body, { "content-type": type, accept: "text/event-stream", "x-groqkit-conversation": conversation });
  if (!answer.ok) throw new Error(await refusal(answer));
  const all = [];
  const pieces = [];
  let heard = null;
  let line = null;
  let first = null;
  let timings = null;
  let cost = null;
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
      voice.add(bytes);
    } else if (kind === "usage") {
      // Of all the calls that the turn made; its own account has none.
      cost = data.cost;
    } else if (kind === "timings") {
      timings = data;
    } else if (kind === "error") {
      fail(data.message ?? data.error?.message ?? "The turn failed.");
    }
  }
  answerBox.textContent = pretty(all);
  if (pieces.length > 0) keep(wav(pieces, turnRate), "turn.wav");
  if (timings) waterfall(timings);
  await tell(answer, began, first, cost);
  await hearOut(voice, signal);
}

async function run(action) {
  trouble.hidden = true;
  sound.replaceChildren();
  falls.replaceChildren();
  facts.textContent = "Asking …";
  const mine = new AbortController();
  stopping = mine;
  stopButton.hidden = false;
  try {
    await action();
  } catch (failure) {
    // What came after has the page.
    if (stopping !== mine) return;
    facts.textContent = failure.name === "AbortError" ? "Stopped." : "It failed.";
    if (failure.name !== "AbortError") fail(failure.message);
  } finally {
    if (stopping === mine) stopButton.hidden = progress.hidden = true;
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

let counting = null;
function count(show) {
  const began = performance.now();
  const tick = () => show(Math.floor((performance.now() - began) / 1000));
  tick();
  counting = setInterval(tick, 250);
}

const record = place.querySelector("[data-record]");
let end = null;
record?.addEventListener("click", async () => {
  try {
    if (end) {
      recorded = await samples(await end());
      end = null;
      clearInterval(counting);
      record.textContent = `Record again (${Math.round(recorded.size / 1024)} kB recorded)`;
    } else {
      end = await microphone();
      count((seconds) => (record.textContent = `Stop recording (${seconds} s)`));
    }
  } catch (failure) {
    fail(`The microphone can't be used: ${failure.message}`);
  }
});

// Who lets go before the microphone is there has said nothing.
const holdButton = place.querySelector("[data-hold]");
let held = false;
async function press() {
  if (held || end) return;
  held = true;
  // Who speaks again has heard enough.
  stopping?.abort();
  try {
    end = await microphone();
    count((seconds) => (holdButton.textContent = `Listening … ${seconds} s`));
    if (!held) await release();
  } catch (failure) {
    held = false;
    fail(`The microphone can't be used: ${failure.message}`);
  }
}
async function release() {
  held = false;
  if (!end) return;
  const stop = end;
  end = null;
  clearInterval(counting);
  holdButton.textContent = "Hold to talk";
  try {
    const file = await samples(await stop());
    await run(() => turn(file, "audio/wav"));
  } catch {
    fail("Nothing could be heard.");
  }
}
if (holdButton) {
  holdButton.addEventListener("pointerdown", press);
  addEventListener("pointerup", () => held && release());
  addEventListener("pointercancel", () => held && release());
  holdButton.addEventListener("keydown", (event) => event.key === " " && !event.repeat && press());
  holdButton.addEventListener("keyup", (event) => event.key === " " && release());
}
