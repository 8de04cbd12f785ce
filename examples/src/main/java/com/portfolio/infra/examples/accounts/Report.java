package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.utilities.health.HealthReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What people read at the end.
 *
 * @param source    what the commands came from
 * @param bus   what carried the messages
 * @param store     what kept the events
 * @param complete  whether the input was carried out to its end
 * @param totals    what became of the commands
 * @param time      from the first command until everything was projected and published
 * @param appends   how long appends took, those that were refused included
 * @param log       what the log shows of it; empty if it was not asked
 * @param published messages that the bus took
 * @param received  messages that the other service got
 * @param users     users in the projection; empty if they could not be counted
 * @param health    each part with its health
 */
record Report(
        String source,
        String store,
        String bus,
        boolean complete,
        Tally.Totals totals,
        Duration time,
        Timings.Timing appends,
        Optional<InTheLog> log,
        long published,
        long received,
        OptionalLong users,
        List<HealthReport.Part> health) {

    /** What people want to know of a part that is well; everything else is at /health. */
    private static final List<String> DETAILS =
            List.of("schema", "schemaVersion", "state", "position", "behind", "acknowledged", "received");

    /**
     * What is read back from the log at the end.
     *
     * @param events events after the head that it had at the start
     * @param head   its head now
     */
    record InTheLog(long events, long head) {}

    void print(PrintStream out) {
        out.println();
        out.println(source + (complete ? ", carried out in " : ", carried out in part, in ") + seconds() + " s on "
                + store);
        out.println();
        printCommands(out);
        out.println();
        number(out, "Events stored", totals.stored(), perSecond(totals.stored()) + " per second");
        line(
                out,
                "  an append took",
                String.format(Locale.ROOT, "%.1f ms", appends.millis()),
                "on average, of " + grouped(appends.count()) + ", conflicts included");
        log.ifPresentOrElse(
                found -> number(
                        out,
                        "Events read back from the log",
                        found.events(),
                        "its head is at position " + found.head()),
                () -> line(out, "Events read back from the log", "unknown", ""));
        number(out, "Messages published", published, "through " + bus);
        number(out, "Messages received", received, "by another service");
        line(out, "Users projected", users.isPresent() ? grouped(users.getAsLong()) : "unknown", "");
        out.println();
        printHealth(out);
    }

    private void printCommands(PrintStream out) {
        number(out, "Commands", totals.all(), "");
        number(out, "  accepted", totals.stored(), "");
        if (totals.recovered() > 0) {
            number(out, "    the answer was lost", totals.recovered(), "stored, as asking again showed");
        }
        if (totals.alreadyDone() > 0) {
            number(out, "  done before", totals.alreadyDone(), "stored by an earlier run, not stored again");
        }
        number(out, "  rejected", totals.rejections(), "");
        totals.rejected().forEach((rejection, count) -> number(out, "    " + rejection.reason(), count, ""));
        if (totals.failed() > 0) {
            number(out, "  failed", totals.failed(), "nothing stored for these; see above");
        }
        if (totals.malformed() > 0) {
            number(out, "  not commands", totals.malformed(), "see above");
        }
        number(out, "Conflicts", totals.conflicts(), "another sender was faster: loaded and decided again");
    }

    private void printHealth(PrintStream out) {
        health.forEach(part -> {
            HealthResult result = part.result();
            String remark = result.status() == HealthStatus.UP
                    ? DETAILS.stream()
                            .filter(result.details()::containsKey)
                            // Of a circuit breaker, where people would take it for bad news.
                            .filter(name -> !"CLOSED".equals(result.details().get(name)))
                            .map(name -> name + " " + result.details().get(name))
                            .collect(Collectors.joining(", "))
                    : result.reason().orElse("");
            line(out, "Health of " + part.name(), result.status().toString(), remark);
        });
    }

    private static void number(PrintStream out, String label, long number, String remark) {
        line(out, label, grouped(number), remark);
    }

    private static void line(PrintStream out, String label, String value, String remark) {
        out.println(String.format(Locale.ROOT, "  %-36s %10s   %s", label, value, remark)
                .stripTrailing());
    }

    private String perSecond(long count) {
        return grouped(Math.round(count / Math.max(0.001, time.toNanos() / 1e9)));
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e9);
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
