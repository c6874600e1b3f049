import { APILink } from "@site/src/components/APILink";
import { Card } from "@site/src/components/Card";
import { CardGroup } from "@site/src/components/CardGroup";
import { WidePlayground } from "@site/src/components/Playground";
import { RecordedOutput } from "@site/src/components/RecordedOutput";
import { ScrollableTable } from "@site/src/components/ScrollableTable";
import { TabsWrapper } from "@site/src/components/TabsWrapper";
import { TracingIntegrations } from "@site/src/components/TracingIntegrations";
import TabItem from "@theme/TabItem";
import Tabs from "@theme/Tabs";
import MDXComponents from "@theme-original/MDXComponents";

/** What every page may use without an import. */
export default {
  ...MDXComponents,
  table: ScrollableTable,
  APILink,
  Card,
  CardGroup,
  Playground: WidePlayground,
  RecordedOutput,
  TabItem,
  Tabs,
  TabsWrapper,
  TracingIntegrations,
};
