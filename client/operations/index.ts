// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import { type AgenciesOperations, agencies } from './agencies.ts'
import { type AssistanceOperations, assistance } from './assistance.ts'
import { type AuditOperations, audit } from './audit.ts'
import { type CertificatesOperations, certificates } from './certificates.ts'
import { type ChangesOperations, changes } from './changes.ts'
import { type ConformanceOperations, conformance } from './conformance.ts'
import { type CreditOperations, credit } from './credit.ts'
import { type DeclarationDraftsOperations, declarationDrafts } from './declaration-drafts.ts'
import { type DeclarationsOperations, declarations } from './declarations.ts'
import { type DemonstrationsOperations, demonstrations } from './demonstrations.ts'
import { type DrawsOperations, draws } from './draws.ts'
import { type FeeAssessmentOperations, feeAssessment } from './fee-assessment.ts'
import { type FeeBillsAndComplaintsOperations, feeBillsAndComplaints } from './fee-bills-and-complaints.ts'
import { type FeeCatalogueOperations, feeCatalogue } from './fee-catalogue.ts'
import { type FeeCatalogueDraftingOperations, feeCatalogueDrafting } from './fee-catalogue-drafting.ts'
import { type FeeSheetsOperations, feeSheets } from './fee-sheets.ts'
import { type FilingsOperations, filings } from './filings.ts'
import { type HealthOperations, health } from './health.ts'
import { type KeysOperations, keys } from './keys.ts'
import { type MovementsAndWaybillsOperations, movementsAndWaybills } from './movements-and-waybills.ts'
import { type MutualRecognitionOperations, mutualRecognition } from './mutual-recognition.ts'
import { type NoticesOperations, notices } from './notices.ts'
import { type OperationsOperations, operations } from './operations.ts'
import { type PortFeesOperations, portFees } from './port-fees.ts'
import { type ReferenceDataOperations, referenceData } from './reference-data.ts'
import { type RuleTablesOperations, ruleTables } from './rule-tables.ts'
import { type SharedInformationOperations, sharedInformation } from './shared-information.ts'
import { type SimulatorOperations, simulator } from './simulator.ts'
import {
  type SimulatorJournalAndScriptsOperations,
  simulatorJournalAndScripts,
} from './simulator-journal-and-scripts.ts'
import { type SimulatorSessionsOperations, simulatorSessions } from './simulator-sessions.ts'
import { type StatisticsOperations, statistics } from './statistics.ts'

/** Every operation of the gateway: what goes in and what comes back. */
export interface Operations
  extends AgenciesOperations,
    AssistanceOperations,
    AuditOperations,
    CertificatesOperations,
    ChangesOperations,
    ConformanceOperations,
    CreditOperations,
    DeclarationDraftsOperations,
    DeclarationsOperations,
    DemonstrationsOperations,
    DrawsOperations,
    FeeAssessmentOperations,
    FeeBillsAndComplaintsOperations,
    FeeCatalogueOperations,
    FeeCatalogueDraftingOperations,
    FeeSheetsOperations,
    FilingsOperations,
    HealthOperations,
    KeysOperations,
    MovementsAndWaybillsOperations,
    MutualRecognitionOperations,
    NoticesOperations,
    OperationsOperations,
    PortFeesOperations,
    ReferenceDataOperations,
    RuleTablesOperations,
    SharedInformationOperations,
    SimulatorOperations,
    SimulatorJournalAndScriptsOperations,
    SimulatorSessionsOperations,
    StatisticsOperations {}

/** Every operation of the gateway: how it is asked. */
export const operationsById = {
  ...agencies,
  ...assistance,
  ...audit,
  ...certificates,
  ...changes,
  ...conformance,
  ...credit,
  ...declarationDrafts,
  ...declarations,
  ...demonstrations,
  ...draws,
  ...feeAssessment,
  ...feeBillsAndComplaints,
  ...feeCatalogue,
  ...feeCatalogueDrafting,
  ...feeSheets,
  ...filings,
  ...health,
  ...keys,
  ...movementsAndWaybills,
  ...mutualRecognition,
  ...notices,
  ...operations,
  ...portFees,
  ...referenceData,
  ...ruleTables,
  ...sharedInformation,
  ...simulator,
  ...simulatorJournalAndScripts,
  ...simulatorSessions,
  ...statistics,
} as const
