import { describe, expect, it } from "vitest";
import { wrapMethods } from "./wrap-methods.js";

class Messages {
  readonly #prefix = "#";
  create(...args: unknown[]): string {
    return this.#prefix + args.join();
  }
  list(): string {
    return this.#prefix;
  }
}
class Client {
  readonly messages = new Messages();
  readonly beta = { messages: new Messages() };
  apiKey = "k";
  readonly #secret = 7;
  get secret(): number {
    return this.#secret;
  }
  whoAmI(): this {
    return this;
  }
}

describe("wrapMethods", () => {
  const client = new Client();
  const calls: unknown[][] = [];
  const view = wrapMethods(client, {
    "messages.create": (call, args) => {
      calls.push(args);
      return `wrapped ${String(call(...args))}`;
    },
  });

  it("wraps the method at the path and no other", () => {
    expect(view.messages.create("a", "b")).toBe("wrapped #a,b");
    expect(calls).toEqual([["a", "b"]]);
    expect(view.beta.messages.create("c")).toBe("#c");
    expect(view.messages.list()).toBe("#");
    expect(client.messages.create("d")).toBe("#d");
  });

  it("passes everything else through, with the right this", () => {
    expect(view.secret).toBe(7);
    expect(view.whoAmI()).toBe(client);
    expect(view).toBeInstanceOf(Client);
    expect(view.messages).toBeInstanceOf(Messages);
    expect(view.messages).toBe(view.messages);
    expect([view.messages.create.name, view.constructor]).toEqual(["create", Client]);
    view.apiKey = "changed";
    expect(client.apiKey).toBe("changed");
    const { create } = view.messages;
    expect(create("e")).toBe("wrapped #e");
  });

  it("obeys what a proxy may not change", () => {
    const frozen = Object.freeze({ messages: Object.freeze(new Messages()) });
    const seen = wrapMethods(frozen, { "messages.create": () => "wrapped" });
    expect(seen.messages.list()).toBe("#");
  });
});
