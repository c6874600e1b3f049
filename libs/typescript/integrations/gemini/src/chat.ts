import { type MethodWrapper, wrapMethods } from "mlflow-tracing";
import { type GenerateMethod, recordGenerate } from "./generate-call.js";
import { requestAttributes, startModelCall } from "./model-call.js";
import type { Models } from "./models-copy.js";
import { takeResult } from "./record-result.js";
import { recordedRequest, recordedResponse } from "./recorded-request.js";

/** A chat of the client: it sends each message, with the messages before it, by the client's models. */
export interface Chat {
  readonly model?: unknown;
  readonly modelsModule?: unknown;
  sendMessage(message: unknown): Promise<unknown>;
  sendMessageStream(message: unknown): Promise<unknown>;
}

/**
 * A view of `chat` that records each message as the call of the models that it becomes, so that the span shows the whole
 * conversation as it was sent.
 */
export function traceChat(chat: Chat, models: Models, propagate: boolean): Chat {
  const send =
    (message: "sendMessage" | "sendMessageStream", method: GenerateMethod): MethodWrapper =>
    (call, args) => {
      // Started here and not where the chat calls the models, which is only after the message before it is answered: by
      // then browsers no longer know the active span.
      const recorder = startModelCall(method, { model: chat.model, ...asFields(args[0]) });
      if (!recorder) return call(...args);
      let reached = false;
      const ask: MethodWrapper = (run, [request]) => {
        reached = true;
        recorder.span.setInputs(recordedRequest(request));
        recorder.span.setAttributes(requestAttributes(request));
        return recordGenerate({ method, models, run, request, recorder, propagate });
      };
      const sender = withModels(chat, wrapMethods(models, { [method]: ask }));
      return takeResult(
        recorder.run(() => Reflect.apply(chat[message], sender, args)),
        recorder,
        (value) => {
          if (!reached) recorder.finish(method === "generateContent" ? recordedResponse(value) : undefined);
          return value;
        },
      );
    };
  return wrapMethods(chat, {
    sendMessage: send("sendMessage", "generateContent"),
    sendMessageStream: send("sendMessageStream", "generateContentStream"),
  });
}

/** The chat for one message: state is the chat's own, but for the models. */
function withModels(chat: Chat, models: Models): Chat {
  return new Proxy(chat, {
    get: (target, key) => (key === "modelsModule" ? models : Reflect.get(target, key, target)),
    set: (target, key, value) => Reflect.set(target, key, value, target),
  });
}

function asFields(message: unknown): object {
  return typeof message === "object" && message !== null ? message : { message };
}
