/** @throws Error always: the answer of browsers to a Databricks tracking URI */
export function refuseDatabricks(): never {
  throw new Error("Databricks can be reached from Node.js only: it does not answer to pages of other origins.");
}
