import type { Category } from "./categories";
import { agentFrameworksJava } from "./entries/agent-frameworks-java";
import { agentFrameworksPython } from "./entries/agent-frameworks-python";
import { agentFrameworksTypescript } from "./entries/agent-frameworks-typescript";
import { codingAgentsLongRunningAgents } from "./entries/coding-agents-long-running-agents";
import { gateways } from "./entries/gateways";
import { modelProviders } from "./entries/model-providers";
import { noCode } from "./entries/no-code";
import { openTelemetry } from "./entries/opentelemetry";
import { tools } from "./entries/tools";
import type { Integration } from "./schema";

/** Every integration, by category in the fixed order: the one source of the cards, the sidebar and all counts. */
export const integrations: readonly Integration[] = [
  ...openTelemetry,
  ...agentFrameworksPython,
  ...agentFrameworksTypescript,
  ...agentFrameworksJava,
  ...modelProviders,
  ...codingAgentsLongRunningAgents,
  ...tools,
  ...gateways,
  ...noCode,
];

/** The integrations that have a guide on this site. */
export const guides = integrations.filter(hasGuide);

export type IntegrationWithGuide = Integration & { guide: string };

export function inCategory(category: Category): readonly Integration[] {
  return integrations.filter((integration) => integration.category === category);
}

export function hasGuide(integration: Integration): integration is IntegrationWithGuide {
  return integration.guide !== undefined;
}
