import { wrapMethods } from "mlflow-tracing";
import { type ToyAnswer, type ToyClient, ToyError, type ToyRequest } from "../toy-client.js";
import { startToyCall, tracedToy } from "../traced-toy.js";
import { type Mistake, properEnding, recordWith, wrapCreate } from "./mistake.js";

/** Calls what is recorded properly in another way. */
const around = (wrapper: Parameters<typeof wrapCreate>[0]) => (client: ToyClient) =>
  wrapCreate(wrapper)(tracedToy(client));

export const TRANSPARENCY_MISTAKES: readonly Mistake[] = [
  {
    mistake: "adds to the answer",
    found: ["same-result"],
    wrap: around(async (call, args) => Object.assign((await call(...args)) as ToyAnswer, { traced: true })),
  },
  {
    mistake: "copies the answer, so that its class is lost",
    found: ["same-result", "same-return-type"],
    wrap: around(async (call, args) => ({ ...((await call(...args)) as ToyAnswer) })),
  },
  {
    mistake: "returns a plain promise",
    found: ["same-return-type", "helpers"],
    wrap: around(async (call, args) => call(...args)),
  },
  {
    mistake: "asks twice",
    found: ["same-requests"],
    wrap: around((call, args) => {
      void (call(...args) as Promise<unknown>).then(
        () => {},
        () => {},
      );
      return call(...args);
    }),
  },
  {
    mistake: "adds to the request that is sent",
    found: ["same-requests"],
    wrap: around((call, [request, options]) =>
      call({ ...(request as ToyRequest), metadata: { traced: true } }, options),
    ),
  },
  {
    mistake: "adds to the request that it was given",
    found: ["arguments-untouched"],
    wrap: around((call, args) => {
      (args[0] as ToyRequest).messages.push("Answer shortly.");
      return call(...args);
    }),
  },
  {
    mistake: "patches the client",
    found: ["client-untouched"],
    wrap: (client) => {
      const { chat } = tracedToy(client);
      const create = chat.create.bind(chat);
      return Object.assign(client, { chat: Object.assign(client.chat, { create }) });
    },
  },
  { mistake: "wraps what is wrapped", found: ["wrapped-twice"], wrap: recordWith({}) },
  {
    mistake: "calls other methods on the view instead of the client",
    found: ["untraced-methods"],
    wrap: (client) => {
      const traced = tracedToy(client);
      return new Proxy(traced, {
        get: (target, key) => (key === "models" ? new Proxy(client.models, {}) : Reflect.get(target, key)),
      });
    },
  },
  {
    mistake: "records other methods as well",
    found: ["untraced-methods"],
    wrap: (client) =>
      wrapMethods(tracedToy(client), {
        "models.list": async (call, args) => {
          const recorder = startToyCall(args[0]);
          const models = await call(...args);
          recorder?.finish(models);
          return models;
        },
      }),
  },
  {
    mistake: "gives undefined in place of an error",
    found: ["error-comes-out"],
    wrap: around(async (call, args) => {
      try {
        return await call(...args);
      } catch {
        return undefined;
      }
    }),
  },
  {
    mistake: "puts errors into others",
    found: ["error-comes-out"],
    wrap: around(async (call, args) => {
      try {
        return await call(...args);
      } catch (error) {
        throw new ToyError(0, `call failed: ${error}`);
      }
    }),
  },
  {
    mistake: "takes a failed call for one without an answer",
    found: ["error-is-recorded"],
    wrap: wrapCreate(async (call, args) => {
      const recorder = startToyCall(args[0]);
      try {
        const answer = await call(...args);
        if (recorder) properEnding(recorder, answer);
        return answer;
      } finally {
        recorder?.finish();
      }
    }),
  },
  {
    mistake: "leaves the span of a failed call open",
    found: ["error-is-recorded", "abort", "hostile-arguments"],
    wrap: wrapCreate(async (call, args) => {
      const recorder = startToyCall(args[0]);
      const answer = await call(...args);
      if (recorder) properEnding(recorder, answer);
      return answer;
    }),
  },
  {
    mistake: "follows the promise without minding its failure",
    found: ["no-unhandled-rejection"],
    wrap: wrapCreate((call, args) => {
      const recorder = startToyCall(args[0]);
      const answer = call(...args) as Promise<unknown>;
      void answer.then((value) => recorder && properEnding(recorder, value));
      return answer;
    }),
  },
  {
    mistake: "reads the request before the client does",
    found: ["hostile-arguments"],
    wrap: around((call, args) => {
      JSON.stringify(args[0]).slice(0, 100);
      return call(...args);
    }),
  },
];
