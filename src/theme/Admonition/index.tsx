import type { Props } from "@theme/Admonition";
import Admonition from "@theme-original/Admonition";

/** The classic admonition, whose default titles ("note", "tip") are lower-case, with a title like any other. */
export default function TitledAdmonition(props: Props) {
  const { type, title = type.charAt(0).toUpperCase() + type.slice(1) } = props;
  return <Admonition {...props} title={title} />;
}
