import { useDoc } from "@docusaurus/plugin-content-docs/client";
import { useWindowSize } from "@docusaurus/theme-common";
import ContentVisibility from "@theme/ContentVisibility";
import DocItemContent from "@theme/DocItem/Content";
import DocItemFooter from "@theme/DocItem/Footer";
import type { Props } from "@theme/DocItem/Layout";
import DocItemPaginator from "@theme/DocItem/Paginator";
import DocItemTOCDesktop from "@theme/DocItem/TOC/Desktop";
import DocItemTOCMobile from "@theme/DocItem/TOC/Mobile";
import clsx from "clsx";
import styles from "./styles.module.css";

/**
 * Text at its measure beside the table of contents. The frame is a size container: an element of class `wide` in the
 * text takes the width of both, which the classic theme's columns do not allow.
 */
export default function DocItemLayout({ children }: Props) {
  const { metadata, frontMatter, toc } = useDoc();
  const windowSize = useWindowSize();
  const hasToc = !frontMatter.hide_table_of_contents && toc.length > 0;
  return (
    <div className={styles.frame}>
      <div className={clsx(styles.columns, hasToc && styles.withToc)}>
        <div className={styles.text}>
          <ContentVisibility metadata={metadata} />
          <article>
            {hasToc && <DocItemTOCMobile />}
            <DocItemContent>{children}</DocItemContent>
            <DocItemFooter />
          </article>
          <DocItemPaginator />
        </div>
        {hasToc && windowSize !== "mobile" && (
          <div className={styles.toc}>
            <DocItemTOCDesktop />
          </div>
        )}
      </div>
    </div>
  );
}
