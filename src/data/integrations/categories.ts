/** The categories of the integration grid, in the order in which every list of the site shows them. */
export const CATEGORIES = [
  "OpenTelemetry",
  "Agent Frameworks (Python)",
  "Agent Frameworks (TypeScript)",
  "Agent Frameworks (Java)",
  "Model Providers",
  "Coding Agents & Long-Running Agents",
  "Tools",
  "Gateways",
  "No-Code",
] as const;

export type Category = (typeof CATEGORIES)[number];

/** The id of a category's heading: `"Agent Frameworks (Java)"` becomes `"agent-frameworks-java"`. */
export function categoryAnchor(category: Category): string {
  return category
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/-$/, "");
}
