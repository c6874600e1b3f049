import { Document } from "@langchain/core/documents";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { RunnablePassthrough, RunnableSequence } from "@langchain/core/runnables";
import { FakeVectorStore } from "@langchain/core/utils/testing";
import { ChatOpenAI, ChatOpenAICompletions, OpenAIEmbeddings } from "@langchain/openai";
import { MlflowCallback, nestProviderCalls } from "mlflow-langchain";
import { tracedOpenAI } from "mlflow-openai";
import OpenAI from "openai";

/** The TypeScript counterparts of the Python programs behind the golden traces: the same calls in each language's natural form. */

const keys = { apiKey: "test", maxRetries: 0 };
const callbacks = () => ({ callbacks: [new MlflowCallback()] });

const translation = ChatPromptTemplate.fromMessages([
  ["system", "You translate to {language}."],
  ["user", "{text}"],
]);
const question = { language: "Italian", text: "Good morning" };

async function basic(): Promise<void> {
  const llm = new ChatOpenAI({ ...keys, model: "gpt-4o-mini", temperature: 0.1, maxTokens: 100 });
  await translation.pipe(llm).pipe(new StringOutputParser()).invoke(question, callbacks());
}

/** The client that ChatOpenAI would make itself, traced; its calls belong to the model's span. */
async function withOpenAI(): Promise<void> {
  const fields = { ...keys, model: "gpt-4o-mini", temperature: 0.1, maxTokens: 100 };
  const completions = new ChatOpenAICompletions(fields);
  completions.client = tracedOpenAI(new OpenAI(keys));
  const llm = nestProviderCalls(new ChatOpenAI({ ...fields, completions }));
  await translation.pipe(llm).pipe(new StringOutputParser()).invoke(question, callbacks());
}

async function retriever(): Promise<void> {
  const embeddings = new OpenAIEmbeddings({ ...keys, model: "text-embedding-3-small" });
  const store = await FakeVectorStore.fromDocuments(
    [
      new Document({ pageContent: "Tides rise twice a day.", metadata: { source: "tides.md" }, id: "d1" }),
      new Document({ pageContent: "Bread needs yeast and time.", metadata: { source: "bread.md" }, id: "d2" }),
    ],
    embeddings,
  );
  const prompt = ChatPromptTemplate.fromTemplate("Answer from the context.\nContext: {context}\nQuestion: {question}");
  const join = (documents: Document[]) => documents.map(({ pageContent }) => pageContent).join("\n");
  const chain = RunnableSequence.from([
    { context: store.asRetriever({ k: 1 }).pipe(join), question: new RunnablePassthrough() },
    prompt,
    new ChatOpenAI({ ...keys, model: "gpt-4o-mini" }),
    new StringOutputParser(),
  ]);
  await chain.invoke("How often do tides rise?", callbacks());
}

async function error(): Promise<void> {
  const chain = ChatPromptTemplate.fromTemplate("Tell me about {topic}.")
    .pipe(new ChatOpenAI({ ...keys, model: "gpt-4o-mini" }))
    .pipe(new StringOutputParser());
  await chain.invoke({ topic: "tides" }, callbacks()).catch(() => {});
}

/** Programs by the name of their golden case. */
export const PROGRAMS: Readonly<Record<string, () => Promise<void>>> = {
  basic,
  "with-openai-autolog": withOpenAI,
  retriever,
  error,
};
