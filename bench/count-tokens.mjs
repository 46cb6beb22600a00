// Counts the texts of the estimate's benchmark with a real vocabulary, and writes what the benchmark compares with.
//   npm install --prefix DIR gpt-tokenizer@4 && node bench/count-tokens.mjs DIR
// o200k_base is the vocabulary of gpt-oss (whose o200k_harmony only adds control tokens) and of OpenAI's models since GPT-4o.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const modules = resolve(process.argv[2] ?? ".", "node_modules", "noop.js");
const { encode } = createRequire(modules)("gpt-tokenizer/encoding/o200k_base");
const texts = join(dirname(fileURLToPath(import.meta.url)), "GroqKit.Bench.Providers", "Texts");
const lines = readdirSync(texts)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .map((name) => `${name.slice(0, -4)} ${encode(readFileSync(join(texts, name), "utf8")).length}`);
writeFileSync(join(texts, "o200k_base.counts"), lines.join("\n") + "\n");
