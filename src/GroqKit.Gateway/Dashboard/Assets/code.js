// The playground's calls as other programs would make them.

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const text = (value) => JSON.stringify(value);
const raw = (value) => `"""${JSON.stringify(value)}"""`;
const head = (path) => `curl ${location.origin}${path} \\\n  -H "Authorization: Bearer $GROQKIT_KEY"`;
const typed = (type) => ` \\\n  -H 'Content-Type: ${type}'`;

export const curl = (path, body) => `${head(path)}${typed("application/json")} \\\n  -d ${quoted(JSON.stringify(body))}`;

export const upload = (path, body, file) =>
  head(path) + Object.entries({ ...body, file: `@${file}` }).map(([name, value]) => ` \\\n  -F ${quoted(`${name}=${value}`)}`).join("");

export const turn = (path, body, type) =>
  body ? curl(path, body).replace("curl ", "curl -N ") : `${head(path).replace("curl ", "curl -N ")}${typed(type)} \\\n  --data-binary @turn.wav`;

const client = () => `using var groq = new GroqClient(new GroqClientOptions
{
    ApiKey = new ApiKey(Environment.GetEnvironmentVariable("GROQKIT_KEY")!),
    BaseUrl = "${location.origin}",
});
`;

function said({ role, content }, image) {
  if (role === "system") return `.System(${text(content)})`;
  if (role === "assistant") return `.Assistant(${text(content)})`;
  return Array.isArray(content)
    ? `.User(ContentPart.FromText(${text(content[0].text)}), ContentPart.FromImageFile(${text(image ?? "image.png")}))`
    : `.User(${text(content)})`;
}

const tool = ({ function: made }) =>
  `ChatTool.ForFunction(${text(made.name)}, ${text(made.description ?? null)}, ${raw(made.parameters ?? {})})`;

export function chat(body, image) {
  const functions = (body.tools ?? []).filter(({ function: made }) => made);
  const steps = body.messages.map((message) => said(message, image));
  if (body.temperature !== undefined) steps.push(`.Temperature(${body.temperature})`);
  if (functions.length > 0) steps.push(`.Tools(${functions.map(tool).join(", ")})`);
  if (body.response_format) steps.push(`.Format(ResponseFormat.ForSchema("answer", ${raw(body.response_format.json_schema.schema)}))`);
  const request = `ChatRequest request = ChatRequest.For(${text(body.model)})\n${[...steps, ".Build();"].map((step) => `    ${step}\n`).join("")}`;
  return client() + request + (body.stream
    ? `await using ChatStream answer = await groq.Chat.StreamAsync(request);
await foreach (ChatChunk chunk in answer)
    Console.Write(chunk.Text);
`
    : `ChatCompletion answer = await groq.Chat.CreateAsync(request);
Console.WriteLine(answer.Text);
`);
}

export const transcription = (body, file) => `${client()}Transcription heard = await groq.Audio.Transcriptions.CreateAsync(
    new TranscriptionRequest { Audio = AudioInput.FromFile(${text(file)}), Model = ${text(body.model)} });
Console.WriteLine(heard.Text);
`;

export const speech = (body) => `${client()}SpeechAudio sound = await groq.Audio.Speech.CreateAsync(
    new SpeechRequest { Input = ${text(body.input)}, Voice = new SpeechVoice(${text(body.voice)}), Model = ${text(body.model)} });
`;

// A turn is the gateway's own: one POST, and its events as they happen.
export const turnInCSharp = (path, body, type) => `using var http = new HttpClient();
using var turn = new HttpRequestMessage(HttpMethod.Post, ${text(location.origin + path)})
{
    Content = ${body ? `new StringContent(${text(JSON.stringify(body))})` : `new ByteArrayContent(File.ReadAllBytes("turn.wav"))`},
};
turn.Content.Headers.ContentType = new MediaTypeHeaderValue(${text(type)});
turn.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("GROQKIT_KEY"));
turn.Headers.Accept.ParseAdd("text/event-stream");
using HttpResponseMessage answer = await http.SendAsync(turn, HttpCompletionOption.ResponseHeadersRead);
await foreach (SseItem<string> item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
    Console.WriteLine($"{item.EventType}: {item.Data}");
`;
