package com.portfolio.infra.crash;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventLog;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.utilities.eventing.CatchUpRequest;
import com.portfolio.infra.utilities.eventing.CatchUpSubscriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The process of the plain subscriber: it says what it is handed and keeps its checkpoint in a file. */
final class Watcher {

    /** So rarely that a restart begins some pages back. */
    private static final int PAGES_BETWEEN_CHECKPOINTS = 10;

    private final Reporting reporting;
    private final Path file;

    private int pages;

    private Watcher(Reporting reporting, Path file) {
        this.reporting = reporting;
        this.file = file;
    }

    public static void main(String[] arguments) throws Exception {
        boolean hasty = Sabotage.valueOf(arguments[0]) == Sabotage.IGNORES_OPEN_APPENDS;
        Watcher watcher = new Watcher(new Reporting(), Path.of(arguments[1]));
        try (NeonDatabase database = Opening.patiently()) {
            EventLog log = Opening.untilItAnswers(() -> open(database, hasty));
            try (CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(log)) {
                new Following(subscriptions, watcher.reporting).follow(watcher.kept(), from -> watcher.request());
            }
        }
        System.exit(0);
    }

    private static EventLog open(NeonDatabase database, boolean hasty) {
        EventLog log = new NeonEventLog(database, Noted.CODEC);
        return hasty ? new HastyLog(log) : log;
    }

    private CatchUpRequest request() {
        return CatchUpRequest.forEach("watcher", this::say).onProgress(this::keep);
    }

    private void say(RecordedEvent event) {
        reporting.say(new Report.Seen(event.position().value(), event.stream().value(), event.version(), event.id()));
    }

    /** Says so first: the file is never ahead of what was said. */
    private void keep(Checkpoint checkpoint) throws IOException {
        reporting.say(new Report.Reached(checkpoint.position().value()));
        if (++pages % PAGES_BETWEEN_CHECKPOINTS == 0) {
            write(checkpoint);
        }
    }

    private void write(Checkpoint checkpoint) throws IOException {
        Path next = file.resolveSibling("next");
        Files.writeString(next, checkpoint.log() + " " + checkpoint.position());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Optional<Checkpoint> kept() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).split(" ", -1);
        return Optional.of(new Checkpoint(new LogId(words[0]), Position.of(Long.parseLong(words[1]))));
    }
}
