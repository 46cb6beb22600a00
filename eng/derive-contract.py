#!/usr/bin/env python3
"""Derives the wire contract that the tests check against from Groq's OpenAPI document.

    python3 eng/derive-contract.py OPENAPI.yml

writes tests/GroqKit.TestKit/Contract/groq-contract.json: structure only (paths, parameters, content types and
schemas), none of the document's prose or examples. A maintainer runs it when Groq publishes a new document, reads the
diff and commits it; building and testing never need it. Needs Python 3.9 or newer and PyYAML (Debian: python3-yaml).
"""

import json
import pathlib
import sys

import yaml

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "tests/GroqKit.TestKit/Contract/groq-contract.json"

METHODS = ("get", "put", "post", "delete", "patch")

# Everything else in a schema is prose, an example or a vendor's extra.
KEPT = {
    "type", "format", "nullable", "enum", "const", "required", "pattern", "discriminator", "$ref",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
}
SCHEMA = {"items", "not", "additionalProperties"}
SCHEMAS = {"oneOf", "anyOf", "allOf"}


def schema(node):
    if isinstance(node, bool):
        return node
    kept = {}
    for key, value in node.items():
        if key in KEPT:
            kept[key] = value
        elif key in SCHEMA:
            kept[key] = schema(value)
        elif key in SCHEMAS:
            kept[key] = [schema(item) for item in value]
        elif key == "properties":
            kept[key] = {name: schema(value[name]) for name in value}
    return kept


def content(node):
    return {media: schema(body.get("schema", {})) for media, body in node.get("content", {}).items()}


def operation(node):
    kept = {}
    if parameters := node.get("parameters"):
        kept["parameters"] = [
            {"name": p["name"], "in": p["in"], "required": p.get("required", False), "schema": schema(p["schema"])}
            for p in parameters
        ]
    if body := node.get("requestBody"):
        kept["requestBody"] = {"required": body.get("required", False), "content": content(body)}
    kept["responses"] = {str(status): content(answer) for status, answer in node["responses"].items()}
    return kept


def amend(schemas):
    """Where the document lags behind the wire. Each line is a difference seen in real traffic or in Groq's guides."""

    def nullable(owner, *names):
        for name in names:
            schemas[owner]["properties"][name] = {"nullable": True, "allOf": [schemas[owner]["properties"][name]]}

    # The schema is in the document, the member that uses it is not; the API accepts it.
    schemas["CreateChatCompletionRequest"]["properties"].setdefault(
        "stream_options", {"$ref": "#/components/schemas/ChatCompletionStreamOptions"}
    )
    # The last chunk carries usage at its top level too, and so does the extra one asked for by stream_options.
    chunk = schemas["CreateChatCompletionStreamResponse"]["properties"]
    chunk.setdefault("usage", {"nullable": True, "allOf": [{"$ref": "#/components/schemas/CompletionUsage"}]})
    chunk.setdefault("service_tier", schemas["CreateChatCompletionResponse"]["properties"]["service_tier"])
    # Named in the official SDKs' chunk type.
    reasons = chunk["choices"]["items"]["properties"]["finish_reason"]["enum"]
    if "content_filter" not in reasons:
        reasons.append("content_filter")
    # Sent as null by some models.
    nullable("CreateChatCompletionStreamResponse", "system_fingerprint")
    nullable("CreateChatCompletionResponse", "system_fingerprint", "usage_breakdown")
    nullable("ChatCompletionResponseMessage", "executed_tools", "annotations")
    nullable("ChatCompletionStreamResponseDelta", "executed_tools", "annotations")
    nullable("ChatCompletionUsageBreakdown", "models")
    # An answer that only calls tools leaves its content out.
    message = schemas["ChatCompletionResponseMessage"]
    message["required"] = [name for name in message["required"] if name != "content"]


def lines(key, members):
    """One member per line: compact, and still readable in a diff."""
    body = ",\n".join(f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in members.items())
    return f"{json.dumps(key)}:{{\n{body}\n}}"


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} OPENAPI.yml")
    document = yaml.safe_load(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    paths = {
        f"{method.upper()} {path}": operation(item[method])
        for path, item in sorted(document["paths"].items())
        for method in METHODS
        if method in item
    }
    schemas = {name: schema(node) for name, node in sorted(document["components"]["schemas"].items())}
    amend(schemas)
    version = json.dumps(str(document["info"]["version"]))
    operations, components = lines("operations", paths), lines("schemas", schemas)
    OUTPUT.write_text(
        f'{{\n"version":{version},\n{operations},\n"components":{{\n{components}\n}}\n}}\n', encoding="utf-8"
    )
    print(f"{OUTPUT}: {len(paths)} operations, {len(schemas)} schemas")


if __name__ == "__main__":
    main()
