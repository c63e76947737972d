import type { CrmFieldDefinition } from '../../crm-sync/connectors/connector.ts';
import { checkMapping, policiesFor } from '../../crm-sync/mapping/check-mappings.ts';
import { findField } from '../../crm-sync/mapping/make-value.ts';
import { type MappingFields, POLICIES } from '../../crm-sync/mapping/mapping.ts';
import type { MappingService, MappingView } from '../../crm-sync/mapping/mapping-service.ts';
import { fitsObject, type MappingSourceOption } from '../../crm-sync/mapping/sources.ts';
import { TEMPLATE_HELPERS, templateNames } from '../../crm-sync/mapping/template-names.ts';
import type { Platform } from '../../platform/platform.ts';
import { fullDay } from '../view-helpers/dates.ts';
import { changeWords, loadNames, nameMapping } from './load-mapping.ts';
import { valueRows } from './mapping-form.ts';
import { POLICY_WORDS, shortValue, TYPE_WORDS } from './words.ts';

export interface EditorInput {
  view: MappingView;
  /** Null: a new one. */
  key: string | null;
  mapping: MappingFields;
  /** What the form was made on. */
  revision: number;
  reportId: string | null;
  /** Set when it could not be saved. */
  error: string | null;
}

/** Everything that the editor of one mapping shows: the form, what may be used, and the preview on a real report. */
export async function loadEditor(
  service: MappingService,
  database: Platform['database'],
  { view, key, mapping, revision, reportId, error }: EditorInput,
) {
  const { connector, objects, draft, inForce } = view;
  const field = objects === null ? null : findField(objects, mapping);
  const hasOptions = (field?.options.length ?? 0) > 0;
  const [names, preview, made] = await Promise.all([
    loadNames(database),
    service.preview(connector.id, { mapping, reportId }),
    hasOptions ? service.madeValues(mapping) : new Map<string, number>(),
  ]);
  const stands =
    key === null ? null : ((draft?.mappings ?? inForce).find((each) => each.key === key) ?? null);
  const rows = valueRows(mapping, field, made);
  const faults = objects === null ? [] : checkMapping(mapping, objects);
  return {
    connector,
    version: view.version,
    revision,
    key,
    mapping,
    error,
    problem: view.problem,
    named: nameMapping(mapping, objects, names),
    // What somebody else made of it while this form was open.
    standing:
      error === null || stands === null
        ? null
        : changeWords(
            {
              key: stands.key,
              before: stands,
              after: { ...mapping, key: stands.key },
              parts: partsOf(stands, mapping),
            },
            objects,
            names,
          ).details,
    objects: (objects ?? []).map((object) => ({
      value: object.objectType,
      label: object.label,
      selected: object.objectType === mapping.objectType,
    })),
    fields: fieldOptions(view, mapping, field),
    sources: sourceGroups(names.sources, mapping),
    names: templateNames(mapping).map((each) => ({
      ...each,
      insert: each.list ? `{{#each ${each.name}}}{{/each}}` : `{{${each.name}}}`,
    })),
    helpers: TEMPLATE_HELPERS.map((each) => ({ ...each, insert: `{{${each.name}}}` })),
    policies: POLICIES.map((policy) => ({
      value: policy,
      ...POLICY_WORDS[policy],
      selected: policy === mapping.policy,
    })).filter(
      ({ value, selected }) => selected || field === null || policiesFor(field.dataType).includes(value),
    ),
    minPercent: Math.round(mapping.minConfidence * 100),
    threshold: thresholdOf(names.sources, mapping),
    isChoice: hasOptions,
    values: rows,
    openValues: rows.filter(({ isOpen }) => isOpen).length,
    lines: names.lines.map((each) => ({ ...each, checked: mapping.lineIds.includes(each.id) })),
    regions: [...new Set([...names.regions, ...mapping.regions])].map((name) => ({
      name,
      checked: mapping.regions.includes(name),
    })),
    teams: names.teams.map((each) => ({ ...each, checked: mapping.teamIds.includes(each.id) })),
    isScoped: mapping.lineIds.length + mapping.regions.length + mapping.teamIds.length > 0,
    faults: Object.fromEntries(faults.map((fault) => [fault.part, fault])),
    templateFaults: preview.faults.filter(({ part }) => part === 'template'),
    preview: {
      ...preview,
      day: preview.report && fullDay(preview.report.date),
      targets: preview.targets.map((target) => ({
        ...target,
        shown: shortValue(target.value, field?.dataType ?? 'text'),
        isReplaced: target.texts.join('\n') !== target.replaced.join('\n'),
        made: target.texts.join('\n'),
      })),
    },
  };
}

function partsOf(stands: MappingFields, mapping: MappingFields) {
  return (
    ['source', 'targetField', 'template', 'policy', 'minConfidence', 'valueMap', 'regions'] as const
  ).filter((part) => JSON.stringify(stands[part]) !== JSON.stringify(mapping[part]));
}

function fieldOptions({ objects }: MappingView, mapping: MappingFields, field: CrmFieldDefinition | null) {
  const object = objects?.find(({ objectType }) => objectType === mapping.objectType);
  const options = (object?.fields ?? [])
    .filter(({ writable }) => writable)
    .map(({ key, label, dataType }) => ({
      value: key,
      label: `${label} (${TYPE_WORDS[dataType]})`,
      selected: key === mapping.targetField,
    }));
  if (field === null && mapping.targetField !== '')
    options.unshift({
      value: mapping.targetField,
      label: `${mapping.targetField} (not there)`,
      selected: true,
    });
  return options;
}

function sourceGroups(sources: readonly MappingSourceOption[], mapping: MappingFields) {
  const fitting = sources.filter(({ source }) => fitsObject(source, mapping.objectType));
  const options = fitting.some(({ source }) => source === mapping.source)
    ? fitting
    : [
        ...fitting,
        { source: mapping.source, label: mapping.source, group: 'Values' as const, threshold: null },
      ];
  return [...new Set(options.map(({ group }) => group))].map((group) => ({
    group,
    options: options
      .filter((each) => each.group === group)
      .map(({ source, label }) => ({ source, label, selected: source === mapping.source })),
  }));
}

/** In percent: below it a suggestion is better not written. */
function thresholdOf(sources: readonly MappingSourceOption[], { source }: MappingFields): number | null {
  const threshold = sources.find((each) => each.source === source)?.threshold ?? null;
  return threshold === null ? null : Math.round(threshold * 100);
}
