import React from 'react';
import ComponentCreator from '@docusaurus/ComponentCreator';

export default [
  {
    path: '/editor-trial',
    component: ComponentCreator('/editor-trial', '00d'),
    exact: true
  },
  {
    path: '/',
    component: ComponentCreator('/', 'e5f'),
    exact: true
  },
  {
    path: '/',
    component: ComponentCreator('/', '1d0'),
    routes: [
      {
        path: '/',
        component: ComponentCreator('/', 'ce5'),
        routes: [
          {
            path: '/',
            component: ComponentCreator('/', '265'),
            routes: [
              {
                path: '/genai/tracing/integrations/',
                component: ComponentCreator('/genai/tracing/integrations/', 'f3a'),
                exact: true,
                sidebar: "guides"
              },
              {
                path: '/genai/tracing/integrations/listing/anthropic',
                component: ComponentCreator('/genai/tracing/integrations/listing/anthropic', '083'),
                exact: true,
                sidebar: "guides"
              }
            ]
          }
        ]
      }
    ]
  },
  {
    path: '*',
    component: ComponentCreator('*'),
  },
];
