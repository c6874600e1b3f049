import { usePluginData } from "@docusaurus/useGlobalData";
import Heading from "@theme/Heading";
import { inCategory, integrations } from "../../data/integrations";
import { CATEGORIES, type Category, categoryAnchor } from "../../data/integrations/categories";
import type { IntegrationsGlobalData } from "../../data/integrations/plugin";
import type { Integration } from "../../data/integrations/schema";
import { CardGroup, type CardGroupProps } from "../CardGroup";
import { IntegrationCard } from "./IntegrationCard";
import styles from "./styles.module.css";

interface TracingIntegrationsProps {
  cardGroupProps?: Pick<CardGroupProps, "isSmall">;
  /** A heading and a grid for each category, in the fixed order. */
  categorized?: boolean;
  /** Only this category, without a heading. */
  category?: Category;
}

/** Cards of all integrations: to our guide where there is one, else to upstream's page. */
export function TracingIntegrations({ cardGroupProps, categorized = false, category }: TracingIntegrationsProps) {
  const grid = (list: readonly Integration[]) => <Grid list={list} {...cardGroupProps} />;
  if (category) return grid(inCategory(category));
  if (!categorized) return grid(integrations);
  return CATEGORIES.map((each) => (
    <section key={each}>
      <Heading as="h3" id={categoryAnchor(each)} className={styles.heading}>
        {each} <span className={styles.count}>{inCategory(each).length}</span>
      </Heading>
      {grid(inCategory(each))}
    </section>
  ));
}

function Grid({ list, isSmall = false }: { list: readonly Integration[]; isSmall?: boolean }) {
  const { runnable } = usePluginData("tracebook-integrations") as IntegrationsGlobalData;
  return (
    <CardGroup isSmall={isSmall}>
      {list.map((integration) => (
        <IntegrationCard
          key={integration.id}
          integration={integration}
          isSmall={isSmall}
          runsHere={integration.guide !== undefined && runnable.includes(integration.guide)}
        />
      ))}
    </CardGroup>
  );
}
