import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { RunnableLambda } from "@langchain/core/runnables";
import { trace } from "mlflow-tracing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MlflowCallback } from "./mlflow-callback.js";
import { nestProviderCalls } from "./nest-provider-calls.js";
import { type Recording, startRecording } from "./testing/recording.js";
import { scriptedOpenAI } from "./testing/scripted-openai.js";

let recording: Recording;
beforeEach(() => {
  recording = startRecording();
});
afterEach(() => recording.stop());

const traced = () => ({ callbacks: [new MlflowCallback()] });

/** Stands for a traced provider client. */
const provider = trace(async function provider(text: string) {
  return text;
});

class OwnModel extends BaseChatModel {
  _llmType(): string {
    return "own";
  }

  async _generate(_messages: BaseMessage[], _options: object, _run?: CallbackManagerForLLMRun): Promise<ChatResult> {
    const text = await provider("generated");
    return { generations: [{ text, message: new AIMessage(text) }] };
  }

  override bindTools() {
    return this.withConfig({ tags: ["bound"] });
  }
}

class StreamingModel extends OwnModel {
  override async *_streamResponseChunks(_messages: BaseMessage[], _options: object, _run?: CallbackManagerForLLMRun) {
    for (const part of ["a", "b"]) {
      yield new ChatGenerationChunk({ text: part, message: new AIMessageChunk(await provider(part)) });
    }
  }
}

const inChain = (model: BaseChatModel) => RunnableLambda.from((text: string, config) => model.invoke(text, config));

describe("nestProviderCalls", () => {
  it("puts the provider's span below the model's, which is beside it otherwise", async () => {
    await inChain(new OwnModel({})).invoke("Hi", traced());
    expect(await recording.tree()).toContain("RunnableLambda > provider UNKNOWN");
    await inChain(nestProviderCalls(new OwnModel({}))).invoke("Hi", traced());
    expect(await recording.tree()).toEqual([
      " > RunnableLambda CHAIN",
      "RunnableLambda > OwnModel CHAT_MODEL",
      "OwnModel > provider UNKNOWN",
    ]);
  });

  it("does so for each part of a stream", async () => {
    for await (const _ of await nestProviderCalls(new StreamingModel({})).stream("Hi", traced()));
    const below = "StreamingModel > provider UNKNOWN";
    expect(await recording.tree()).toEqual([" > StreamingModel CHAT_MODEL", below, below]);
  });

  it("leaves a model without streaming one, and prepares what is made of it", async () => {
    const model = nestProviderCalls(new OwnModel({}));
    expect(nestProviderCalls(model)).toBe(model);
    const parts: unknown[] = [];
    for await (const part of await model.stream("Hi", traced())) parts.push(part.content);
    expect(parts).toEqual(["generated"]);
    await model.bindTools().invoke("Hi", traced());
    expect(await recording.tree()).toContain("OwnModel > provider UNKNOWN");
  });

  it("works for a real model, whose configuration makes a new one", async () => {
    const model = nestProviderCalls(scriptedOpenAI([{ content: "one" }])).withConfig({ stop: ["x"] });
    expect((await model.invoke("Hi", traced())).content).toBe("one");
    expect(await recording.tree()).toEqual([" > ChatOpenAI CHAT_MODEL"]);
  });

  it("does nothing without a handler", async () => {
    expect((await nestProviderCalls(new OwnModel({})).invoke("Hi")).content).toBe("generated");
    expect(await recording.tree()).toEqual([" > provider UNKNOWN"]);
  });
});
