// Which folder may import which; the arrows of docs/ARCHITECTURE.md. Run by `npm run check`.
const DOMAINS = {
  platform: [],
  transcription: ['platform'],
  surveys: ['transcription', 'platform'],
  proposals: ['transcription', 'platform'],
  'crm-sync': ['transcription', 'platform'],
  insight: ['transcription', 'platform'],
  ivr: ['surveys', 'proposals', 'transcription', 'platform'],
  'review-console': ['crm-sync', 'insight', 'surveys', 'proposals', 'transcription', 'platform'],
};

/** Within a domain, and from it to those it may use; generated code and packages are everybody's. */
const arrows = Object.entries(DOMAINS).map(([folder, allowed]) => ({
  name: `from-${folder}`,
  severity: 'error',
  comment: `${folder} may import ${allowed.join(', ') || 'nothing of ours'}; see docs/ARCHITECTURE.md`,
  from: { path: `^${folder}/` },
  to: {
    path: '^(app|platform|ivr|transcription|crm-sync|insight|surveys|proposals|review-console|tests|bench|scripts)/',
    pathNot: `^(${[folder, ...allowed].join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'not-to-tests',
      severity: 'error',
      comment: 'The product does not know its tests or benchmarks',
      from: { pathNot: '^(tests|bench|scripts|vitest\\.config)' },
      to: { path: '^(tests|bench)/' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Two files that need each other are one file, or miss a third; types may refer to each other',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that leads nowhere',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'pure-call-flow-and-text',
      severity: 'error',
      comment: 'The call flow and the analysis of text know no database, network or file; types are allowed',
      from: {
        path: '^(ivr/flow|transcription/thought-units)/',
        // Programs that make the model; nothing of them runs in the product.
        pathNot: '^transcription/thought-units/training/',
      },
      to: {
        path: '^(platform|prisma)/|^(node:)?(fs|net|http|https|child_process)(/|$)',
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^prisma/generated'] },
    exclude: { path: ['^prisma/generated/client/(internal|models)'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mts', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
