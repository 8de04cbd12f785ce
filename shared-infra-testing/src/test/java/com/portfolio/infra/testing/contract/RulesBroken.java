package com.portfolio.infra.testing.contract;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/**
 * Which rules each broken implementation breaks.
 *
 * <p>Mostly one. Where there are more, the promise that is broken is part of several rules: whoever does
 * not know a repeat (ES.4) does not either after the connection broke (ES.5).
 */
final class RulesBroken {

    static final Map<String, Set<String>> BY_STORES = Map.ofEntries(
            entry("countsOnlyItsOwnEvents", Set.of("ES.1", "ES.2", "ES.3", "ES.4", "ES.8", "ES.10")),
            entry("losesTheLastOfManyEvents", Set.of("ES.2", "ES.6")),
            entry("storesEventByEvent", Set.of("ES.1", "ES.2", "ES.4", "ES.5", "ES.7", "ES.12")),
            entry("ignoresTheExpectedVersion", Set.of("ES.2", "ES.3", "ES.8")),
            entry("takesExactlyForAtLeast", Set.of("ES.3", "ES.8")),
            entry("tellsTheWrongActualVersion", Set.of("ES.3")),
            entry("checksTheVersionBeforeItLocks", Set.of("ES.3")),
            entry("forgetsTheIdsOfEarlierAppends", Set.of("ES.4")),
            entry("takesAnyKnownIdsForARepeat", Set.of("ES.4")),
            entry("doesNotSayThatItWasARepeat", Set.of("ES.4", "ES.5", "ES.10")),
            entry("checksTheVersionOfARepeat", Set.of("ES.4", "ES.10")),
            entry("repeatsABrokenAppendWithNewIds", Set.of("ES.5")),
            entry("losesTheIdsOfABrokenAppend", Set.of("ES.5")),
            entry("breaksNoConnection", Set.of("ES.5")),
            entry("commitsWhatJoinsByItself", Set.of("ES.9")),
            entry("doesNotCheckAnEmptyAppend", Set.of("ES.8")),
            entry("storesWhatComesBeforeAPayloadThatCantBeWritten", Set.of("ES.7", "ES.12")),
            entry("takesAClosedStreamForAnotherVersion", Set.of("ES.10")),
            entry("readsBackwardForward", Set.of("ES.6")),
            entry("endsAfterOnePage", Set.of("ES.2", "ES.6")),
            entry("leavesOutTheFirstVersionAskedFor", Set.of("ES.1", "ES.2", "ES.6", "ES.11")),
            entry("hidesUnknownTypes", Set.of("ES.11")),
            entry("losesTheScaleOfDecimals", Set.of("ES.7")),
            entry("dropsNulCharacters", Set.of("ES.7")),
            entry("writesHalfASurrogatePairAsAQuestionMark", Set.of("ES.7")),
            entry("losesMetadata", Set.of("ES.7")),
            entry("doesNotUpcast", Set.of("ES.11")),
            entry("storesWhatCantBeWrittenAsNothing", Set.of("ES.12")),
            entry("doesNotArchive", Set.of("ES.10")),
            entry("archivesWhatIsToBeTombstoned", Set.of("ES.10")));

    static final Map<String, Set<String>> BY_LOGS = Map.ofEntries(
            entry("takesTheLastDashForTheEndOfTheCategory", Set.of("EL.1")),
            entry("doesNotWaitForOpenAppends", Set.of("EL.2", "EL.4")),
            entry("skipsTheLastEventOfAFullPage", Set.of("EL.2", "EL.4")),
            entry("letsAnUnrelatedTransactionHoldItBack", Set.of("EL.3")),
            entry("neverWakes", Set.of("EL.4")),
            entry("wakesOnlyWhenTheTimeHasRunOut", Set.of("EL.4")),
            entry("doesNotHearAnInterruptWhileItWaits", Set.of("EL.4")),
            entry("wakesWhereThereIsNothing", Set.of("EL.4")),
            entry("staysWhereNothingMatched", Set.of("EL.5")),
            entry("ignoresTypesInAFilter", Set.of("EL.5")),
            entry("acceptsPositionsBeyondTheHead", Set.of("EL.6")),
            entry("keepsItsIdThroughARestore", Set.of("EL.6")),
            entry("namesTheFormerLogOnTheFirstPageAfterARestore", Set.of("EL.6")),
            entry("doesNotLookAtTheIdOfACheckpoint", Set.of("EL.6")),
            entry("takesAnOutageForTheEnd", Set.of("EL.4")));

    static final Map<String, Set<String>> BY_PROJECTION_STORES = Map.ofEntries(
            entry("ordersIdsByUtf16", Set.of("PS.1")),
            entry("pagesByOffset", Set.of("PS.1", "PS.6")),
            entry("alwaysSaysThatItDeleted", Set.of("PS.1")),
            entry("losesNulCharacters", Set.of("PS.1")),
            entry("ignoresTheExpectedVersion", Set.of("PS.2")),
            entry("checksTheVersionBeforeItLocks", Set.of("PS.2")),
            entry("movesTheCheckpointAfterTheDocuments", Set.of("PS.3")),
            entry("doesNotCompareTheCheckpoint", Set.of("PS.3")),
            entry("findsNothingByAnUnknownField", Set.of("PS.6")),
            entry("ignoresTheOrder", Set.of("PS.6")),
            entry("looksAtOneConditionOnly", Set.of("PS.6")));

    static final Map<String, Set<String>> BY_HEALTH_REGISTRIES = Map.ofEntries(
            entry("runsOneCheckAfterTheOther", Set.of("HC.1")),
            entry("knowsNoTimeLimit", Set.of("HC.1")),
            entry("startsACheckThatStillRuns", Set.of("HC.1")),
            entry("throwsWhatACheckThrows", Set.of("HC.1", "HC.2")),
            entry("tellsTheMessagesOfExceptions", Set.of("HC.2")),
            entry("tellsTheCredentialsThatChecksGiveAway", Set.of("HC.2")),
            entry("losesDetails", Set.of("HC.2")),
            entry("doesNotMeasure", Set.of("HC.2")),
            entry("takesEveryCheckForCritical", Set.of("HC.3")),
            entry("runsACheckEachTime", Set.of("HC.3")),
            entry("takesOneFailureForAnOutage", Set.of("HC.3")),
            entry("takesOneSuccessForARecovery", Set.of("HC.3")),
            entry("addsFailuresUpForEver", Set.of("HC.3")),
            entry("asksAllChecksOfAnyGroup", Set.of("HC.3")),
            entry("tellsOfEachChangeTwice", Set.of("HC.3")),
            entry("letsOneListenerSilenceTheOthers", Set.of("HC.3")),
            entry("isReadyWhileItShutsDown", Set.of("HC.3")),
            entry("servesAnotherRegistry", Set.of("HC.4")),
            entry("tellsDetailsUnasked", Set.of("HC.4")),
            entry("answersToAnyMethodAndPath", Set.of("HC.4")));

    private RulesBroken() {}
}
