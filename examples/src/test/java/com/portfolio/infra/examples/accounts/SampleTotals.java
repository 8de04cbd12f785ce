package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the sample must come to, worked out line by line in one thread and without any store.
 *
 * @param accepted how many commands can be carried out
 * @param rejected how many can't, by the reason
 * @param accounts what each user's account is at the end
 */
record SampleTotals(long accepted, Map<Rejection, Long> rejected, Map<String, Account> accounts) {

    static SampleTotals ofTheSample() {
        return of(SampleGenerator.lines());
    }

    static SampleTotals of(List<String> lines) {
        CommandParser parser = new CommandParser();
        Map<String, List<AccountEvent>> streams = new HashMap<>();
        Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
        long accepted = 0;
        for (String line : lines) {
            AccountCommand command;
            try {
                command = parser.parse(new InputLine(1, line)).command();
            } catch (MalformedLineException e) {
                throw new AssertionError(line, e);
            }
            List<AccountEvent> events = streams.getOrDefault(command.userId(), List.of());
            Optional<Rejection> objection = command.objection(Account.of(events));
            if (objection.isPresent()) {
                rejected.merge(objection.get(), 1L, Long::sum);
            } else {
                accepted++;
                streams.merge(
                        command.userId(),
                        List.of(command.event()),
                        (before, more) ->
                                Stream.concat(before.stream(), more.stream()).toList());
            }
        }
        Map<String, Account> accounts = new HashMap<>();
        streams.forEach((user, events) -> accounts.put(user, Account.of(events)));
        return new SampleTotals(accepted, rejected, accounts);
    }

    /** Checks the report of the first run of the whole sample. */
    static void assertAllOfTheSample(ProgramRun run) {
        SampleTotals expected = ofTheSample();
        assertThat(run.number("Commands")).isEqualTo(SampleGenerator.COMMANDS);
        assertThat(run.number("accepted")).isEqualTo(expected.accepted());
        expected.assertRejections(run);
        assertThat(run.number("failed")).as("commands that failed").isEqualTo(-1);
        assertThat(run.number("Events stored")).isEqualTo(expected.accepted());
        assertThat(run.number("Events read back from the log")).isEqualTo(expected.accepted());
        assertThat(run.number("Messages published")).isEqualTo(expected.accepted());
        assertThat(run.number("Messages received")).isEqualTo(expected.accepted());
        assertThat(run.number("Users projected")).isEqualTo(expected.accounts().size());
        assertThat(run.number("Conflicts")).isNotNegative();
        assertThat(run.out())
                .as("the appends that were measured")
                .contains(String.format(
                        Locale.ROOT, "of %,d, conflicts included", expected.accepted() + run.number("Conflicts")));
        assertThat(run.out().lines().filter(line -> line.strip().startsWith("Health of ")))
                .hasSize(8)
                .allSatisfy(line -> assertThat(line).containsPattern(" UP( |$)"));
        assertThat(run.out())
                .contains("Health of projection of users", "Health of relay of notices", "Health of bus ")
                .contains("Health of subscription to notices");
    }

    void assertRejections(ProgramRun run) {
        long all = rejected.values().stream().mapToLong(Long::longValue).sum();
        assertThat(run.number("rejected")).isEqualTo(all);
        rejected.forEach((rejection, count) -> assertThat(run.number(rejection.reason()))
                .as(rejection.reason())
                .isEqualTo(count));
    }
}
