import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { ConnectorKind } from '../crm-sync/connectors/connector-kind.ts';
import type { Platform } from '../platform/platform.ts';
import { serveAccuracy } from './accuracy/routes.ts';
import type { CodingService } from './agreement/coding-service.ts';
import { serveAgreement } from './agreement/routes.ts';
import type { AttemptsService } from './attempts/attempts-service.ts';
import { serveAttempts } from './attempts/routes.ts';
import { serveAuditLog } from './audit-log/routes.ts';
import { serveCodeLearning } from './code-learning/routes.ts';
import type { CodebookService } from './codebook/codebook-service.ts';
import { serveCodebook } from './codebook/routes.ts';
import { serveConnections } from './connections/routes.ts';
import { serveCrmFlow } from './crm/flow-routes.ts';
import { serveCrmRecords } from './crm/record-routes.ts';
import { serveCustomers } from './customer/routes.ts';
import { serveErrorPages } from './errors/error-pages.ts';
import { serveEvents } from './events/routes.ts';
import { serveExpansions } from './expansions/routes.ts';
import { serveSpellingWords } from './expansions/word-routes.ts';
import { serveFlags } from './flags/routes.ts';
import { serveJobCodes } from './job-codes/routes.ts';
import { serveLines } from './lines/routes.ts';
import type { LinesWriter } from './lines/write-lines.ts';
import { serveMapping } from './mapping/routes.ts';
import { serveMyReports } from './my-reports/routes.ts';
import { servePeople } from './people/routes.ts';
import type { PeopleWriter } from './people/write-people.ts';
import type { ShownKeyMap } from './phone/key-map-table.ts';
import { servePhoneSettings } from './phone/routes.ts';
import { servePreferences } from './preferences/routes.ts';
import type { PromptsService } from './prompts/prompts-service.ts';
import { servePrompts } from './prompts/routes.ts';
import { serveProposals } from './proposals/routes.ts';
import { serveQuestions } from './questions/routes.ts';
import { serveQueue } from './queue/routes.ts';
import { serveRecordings } from './recordings/routes.ts';
import { serveRedaction } from './redaction/routes.ts';
import { decoratePages } from './render/pages.ts';
import { registerViewEngine } from './render/view-engine.ts';
import { serveCorrecting } from './report/correct-routes.ts';
import type { CorrectionService } from './report/correction-service.ts';
import { serveReport } from './report/routes.ts';
import { serveReportFields } from './report-fields/routes.ts';
import { serveRetention } from './retention/routes.ts';
import { serveSearch } from './search/routes.ts';
import { serveSignIn } from './sign-in/routes.ts';
import { serveStyleGuide } from './style-guide/routes.ts';
import { serveSupervision } from './supervisor/routes.ts';
import { serveTypingRules } from './supervisor/rules-routes.ts';
import { serveSurveys } from './surveys/routes.ts';
import { serveToday } from './today/routes.ts';
import { serveTurnaround } from './turnaround/routes.ts';
import { serveVocabulary } from './vocabulary/routes.ts';
import { serveWorkbench } from './workbench/routes.ts';

/** `.build/public` of the checkout. */
const ASSETS_FOLDER = fileURLToPath(new URL('../.build/public/', import.meta.url));

export interface ConsoleDependencies {
  /** The services behind People and Lines, which the API uses too. */
  people: PeopleWriter;
  lines: LinesWriter;
  /** Wrong PINs and IDs, as the phone counts them. */
  attempts: AttemptsService;
  /** Another text for a finished report. */
  corrections: CorrectionService;
  /** Settling what two coders disagree about. */
  coding: CodingService;
  /** Putting a version of the codebook in force, and taking it back. */
  codebook: CodebookService;
  /** What callers hear, and its recordings. */
  prompts: PromptsService;
  /** What keys do while dictating. */
  keyMaps: readonly ShownKeyMap[];
  /** What Dictaline can be connected to, unless all that it has. */
  connectorKinds?: readonly ConnectorKind[];
  /** Where scripts/build-browser put the bundles; `.build/public` of the checkout unless said otherwise. */
  assetsFolder?: string;
}

/** All screens of people, on an app of platform/http's buildHttp. */
export async function registerConsole(
  app: FastifyInstance,
  platform: Platform,
  {
    people,
    lines,
    attempts,
    corrections,
    coding,
    codebook,
    prompts,
    keyMaps,
    connectorKinds,
    assetsFolder = ASSETS_FOLDER,
  }: ConsoleDependencies,
): Promise<void> {
  await registerViewEngine(app, { reread: platform.config.mode === 'development' });
  decoratePages(app, platform);
  serveErrorPages(app);
  await app.register(fastifyStatic, { root: assetsFolder, prefix: '/assets/' });

  serveSignIn(app, platform);
  servePreferences(app);
  serveEvents(app, platform);
  serveQueue(app, platform);
  serveSupervision(app, platform);
  serveTypingRules(app, platform);
  serveTurnaround(app, platform);
  serveJobCodes(app, platform);
  serveWorkbench(app, platform);
  serveExpansions(app, platform);
  serveSpellingWords(app, platform);
  serveStyleGuide(app, platform);
  serveAccuracy(app, platform);
  serveReport(app, platform);
  serveCorrecting(app, platform, corrections);
  serveFlags(app, platform);
  serveRedaction(app, platform);
  serveToday(app, platform);
  serveSearch(app, platform);
  serveCustomers(app, platform);
  serveMyReports(app, platform);
  serveQuestions(app, platform);
  serveProposals(app, platform);
  serveSurveys(app, platform, prompts.languages);
  serveCrmFlow(app, platform);
  serveConnections(app, platform, connectorKinds);
  serveCrmRecords(app, platform);
  serveMapping(app, platform);
  servePeople(app, platform, people, prompts.languages);
  serveAttempts(app, attempts);
  servePrompts(app, prompts);
  serveLines(app, platform, lines, prompts.languages);
  servePhoneSettings(app, platform, { keyMaps, people });
  serveVocabulary(app, platform);
  serveCodebook(app, platform, codebook);
  serveCodeLearning(app, platform);
  serveReportFields(app, platform);
  serveAgreement(app, platform, coding);
  serveRecordings(app, platform);
  serveRetention(app, platform);
  serveAuditLog(app, platform);
}
