// The published JavaScript clients of OpenAI and Groq against the gateway. Prints one line per step; exits with 1 at the first that fails.
import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket';
import Groq, { toFile as toGroqFile } from 'groq-sdk';

const address = process.env.TOUR_ADDRESS;
const apiKey = process.env.TOUR_KEY;
const model = 'openai/gpt-oss-120b';
const line =
  '{"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"hi"}]}}\n';
const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

const openai = new OpenAI({ baseURL: new URL('/v1', address).href, apiKey, maxRetries: 0 });
const groq = new Groq({ baseURL: address, apiKey, maxRetries: 0 });

// The client insists on TLS, which a gateway of a tour has not: its messages go over a plain line, as a browser would send them.
const Native = globalThis.WebSocket;
globalThis.WebSocket = class extends Native {
  constructor(url, protocols) {
    super(String(url).replace(/^wss:/, 'ws:'), protocols);
  }
};

async function talk(words, client = openai) {
  const session = new OpenAIRealtimeWebSocket({ model }, client);
  const seen = [];
  let sound = 0;
  let transcript = '';
  try {
    await new Promise((resolve, reject) => {
      session.on('error', reject);
      session.on('event', (event) => seen.push(event.type));
      session.on('session.created', () => {
        session.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be kind.' } });
        session.send({
          type: 'conversation.item.create',
          item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: words }] },
        });
        session.send({ type: 'response.create' });
      });
      session.on('response.output_audio.delta', (event) => (sound += Buffer.from(event.delta, 'base64').length));
      session.on('response.output_audio_transcript.delta', (event) => (transcript += event.delta));
      session.on('response.done', (event) => resolve(assert.equal(event.response.status, 'completed')));
    });
  } finally {
    session.close();
  }
  return { seen, sound, transcript };
}

async function collect(stream) {
  let text = '';
  let usage = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? chunk.x_groq?.usage ?? usage;
  }
  return { text, usage };
}

const shared = (client, file) => ({
  chat: async () => {
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Why is the sky blue?' }] });
    assert.match(answer.choices[0].message.content, /sky/);
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  },
  stream: async () => {
    const messages = [{ role: 'user', content: 'Name three rivers — in Österreich 🏞.' }];
    const { text, usage } = await collect(await client.chat.completions.create({ model, messages, stream: true }));
    const whole = await client.chat.completions.create({ model, messages });
    assert.equal(text, whole.choices[0].message.content);
    assert.ok(usage.total_tokens > 0);
  },
  tools: async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Oslo?' }];
    const first = await client.chat.completions.create({ model, messages, tools: [weather] });
    const [call] = first.choices[0].message.tool_calls;
    assert.equal(JSON.parse(call.function.arguments).city, 'Oslo');
    messages.push(first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: '21 degrees' });
    const second = await client.chat.completions.create({ model, messages, tools: [weather] });
    assert.match(second.choices[0].message.content, /21 degrees/);
  },
  'audio down and up': async () => {
    const speech = await client.audio.speech.create({
      model: 'canopylabs/orpheus-v1-english',
      voice: 'troy',
      input: 'The quick brown fox.',
      response_format: 'wav',
    });
    const sound = Buffer.from(await speech.arrayBuffer());
    assert.equal(sound.toString('ascii', 0, 4), 'RIFF');
    const heard = await client.audio.transcriptions.create({ file: await file(sound, 'fox.wav'), model: 'whisper-large-v3' });
    assert.match(heard.text, /fox/);
    const timed = await client.audio.transcriptions.create({
      file: await file(sound, 'fox.wav'),
      model: 'whisper-large-v3',
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
    });
    assert.equal(timed.words.length, 4);
    const english = await client.audio.translations.create({ file: await file(sound, 'fox.wav'), model: 'whisper-large-v3' });
    assert.match(english.text, /fox/);
  },
  embeddings: async () => {
    const vectors = await client.embeddings.create({ model: 'nomic-embed-text-v1_5', input: ['a cat', 'a dog'] });
    assert.equal(vectors.data.length, 2);
    assert.ok(vectors.data[0].embedding.length > 100);
  },
  'files and batches': async () => {
    const uploaded = await client.files.create({ file: await file(Buffer.from(line), 'lines.jsonl'), purpose: 'batch' });
    let batch = await client.batches.create({
      input_file_id: uploaded.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    });
    while (!['completed', 'failed'].includes(batch.status)) batch = await client.batches.retrieve(batch.id);
    const output = await client.files.content(batch.output_file_id);
    assert.match(await output.text(), /"custom_id":"1"/);
    const list = await client.files.list();
    assert.ok(list.data.some((one) => one.id === uploaded.id));
    const all = await client.batches.list();
    assert.ok(all.data.some((one) => one.id === batch.id));
    assert.equal((await client.files.delete(uploaded.id)).deleted, true);
  },
  models: async () => {
    assert.ok((await client.models.list()).data.some((one) => one.id === model));
    assert.equal((await client.models.retrieve(model)).id, model);
  },
});

const tours = {
  openai: {
    ...shared(openai, toFile),
    responses: async () => {
      const whole = await openai.responses.create({ model, input: 'Why is the sky blue?' });
      assert.match(whole.output_text, /sky/);
      const stream = openai.responses.stream({ model, input: 'Why is the sky blue?' });
      assert.equal((await stream.finalResponse()).output_text, whole.output_text);
    },
    completions: async () => {
      const answer = await openai.completions.create({ model, prompt: 'Why is the sky blue?', max_tokens: 500 });
      assert.equal(answer.object, 'text_completion');
      assert.match(answer.choices[0].text, /sky/);
    },
    'a streamed transcript': async () => {
      const speech = await openai.audio.speech.create({ model: 'canopylabs/orpheus-v1-english', voice: 'troy', input: 'Hello fox.', response_format: 'wav' });
      const sound = Buffer.from(await speech.arrayBuffer());
      let text = '';
      for await (const event of await openai.audio.transcriptions.create({ file: await toFile(sound, 'a.wav'), model: 'whisper-large-v3', stream: true }))
        if (event.type === 'transcript.text.delta') text += event.delta;
      assert.match(text, /fox/);
    },
    'a spoken answer over a WebSocket': async () => {
      const { seen, sound, transcript } = await talk('Hello, who are you?');
      assert.ok(seen.includes('session.updated') && seen.includes('conversation.item.added'), seen.join());
      assert.ok(sound > 24_000, `${sound} bytes`);
      assert.ok(transcript.length > 5, transcript);
    },
    'a spoken answer for a page that holds a secret': async () => {
      const secret = await openai.realtime.clientSecrets.create({ expires_after: { anchor: 'created_at', seconds: 60 }, session: { type: 'realtime', model } });
      assert.ok(secret.value.startsWith('ek_') && secret.expires_at > Date.now() / 1000, secret.value);
      const page = new OpenAI({ baseURL: openai.baseURL, apiKey: secret.value, maxRetries: 0 });
      assert.ok((await talk('Hello?', page)).sound > 24_000);
      await assert.rejects(page.models.list(), OpenAI.AuthenticationError);
    },
    errors: async () => {
      await assert.rejects(openai.chat.completions.create({ model: 'nobody/nothing', messages: [{ role: 'user', content: 'x' }] }), OpenAI.NotFoundError);
      await assert.rejects(new OpenAI({ baseURL: new URL('/v1', address).href, apiKey: 'wrong', maxRetries: 0 }).models.list(), OpenAI.AuthenticationError);
      await assert.rejects(openai.embeddings.create({ model: 'm', input: [] }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'input' && !!error.requestID);
      await assert.rejects(openai.chat.completions.create({ model: 'sim/429', messages: [{ role: 'user', content: 'x' }] }), OpenAI.RateLimitError);
    },
  },
  groq: {
    ...shared(groq, toGroqFile),
    errors: async () => {
      await assert.rejects(groq.chat.completions.create({ model: 'nobody/nothing', messages: [{ role: 'user', content: 'x' }] }), Groq.NotFoundError);
      await assert.rejects(new Groq({ baseURL: address, apiKey: 'wrong', maxRetries: 0 }).models.list(), Groq.AuthenticationError);
      await assert.rejects(groq.chat.completions.create({ model, messages: [] }), Groq.BadRequestError);
    },
  },
};

for (const [name, steps] of Object.entries(tours)) {
  for (const [step, run] of Object.entries(steps)) {
    try {
      await run();
      console.log(`${name}: ${step}: ok`);
    } catch (error) {
      console.log(`${name}: ${step}: ${error.stack}`);
      process.exitCode = 1;
    }
  }
}
console.log('the tour is over');
