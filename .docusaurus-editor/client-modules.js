export default [
  require("/work/main/.docusaurus-editor/docusaurus-plugin-css-cascade-layers/default/layers.css"),
  require("/work/main/node_modules/infima/dist/css/default/default.css"),
  require("/work/main/node_modules/@docusaurus/theme-classic/lib/prism-include-languages"),
  require("/work/main/node_modules/@docusaurus/theme-classic/lib/nprogress"),
  require("/work/main/src/css/fonts.css"),
  require("/work/main/src/css/tokens.css"),
  require("/work/main/src/css/infima.css"),
  require("/work/main/src/css/base.css"),
  require("/work/main/src/css/frame.css"),
  require("/work/main/src/css/content.css"),
  require("/work/main/src/css/print.css"),
];
