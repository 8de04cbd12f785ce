package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.InfrastructureException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a failure says, by asking everybody who may know. See {@link FailureClassifier}. Thread-safe. */
public final class FailureKinds {

    private static final Logger LOG = LoggerFactory.getLogger(FailureKinds.class);
    private static final int LONGEST_CHAIN = 32;

    private final List<FailureClassifier> classifiers;

    /** Asks these first, then those that the service loader finds, then what is known of the JDK. */
    public static FailureKinds with(List<FailureClassifier> first) {
        List<FailureClassifier> all = new ArrayList<>(first);
        ServiceLoader.load(FailureClassifier.class, FailureClassifier.class.getClassLoader())
                .forEach(all::add);
        all.add(JdkFailures::classify);
        return new FailureKinds(all);
    }

    FailureKinds(List<FailureClassifier> classifiers) {
        this.classifiers = List.copyOf(classifiers);
    }

    /** What a failure says. */
    public FailureKind of(Throwable failure) {
        if (any(failure, FailureKinds::isUnrelatedWhereverItStands)) {
            return FailureKind.UNRELATED;
        }
        return first(failure, this::decide).orElse(FailureKind.UNRELATED);
    }

    private Optional<FailureKind> decide(Throwable link) {
        if (link instanceof InfrastructureException ours) {
            return Optional.of(ours.isRetryable() ? FailureKind.TRANSIENT : FailureKind.PERMANENT);
        }
        if (isMistake(link)) {
            return Optional.of(FailureKind.UNRELATED);
        }
        for (FailureClassifier classifier : classifiers) {
            Optional<FailureKind> kind = ask(classifier, link);
            if (kind.isPresent()) {
                return kind;
            }
        }
        return Optional.empty();
    }

    /** A classifier that fails must not hide the failure that it was asked about. */
    private static Optional<FailureKind> ask(FailureClassifier classifier, Throwable link) {
        try {
            return classifier.classify(link);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} failed when it was asked about a {}.",
                    classifier.getClass().getName(),
                    link.getClass().getName(),
                    e);
            return Optional.empty();
        }
    }

    private static boolean isUnrelatedWhereverItStands(Throwable link) {
        return link instanceof Error
                || link instanceof CancellationException
                || link instanceof CircuitOpenException
                || link instanceof BulkheadFullException
                || isInterruption(link);
    }

    private static boolean isInterruption(Throwable link) {
        return link instanceof InterruptedException
                || link instanceof CallInterruptedException
                || link instanceof ClosedByInterruptException
                // A socket's timeout is a kind of it, and no interruption at all.
                || (link instanceof InterruptedIOException && !(link instanceof SocketTimeoutException));
    }

    private static boolean isMistake(Throwable link) {
        return link instanceof IllegalArgumentException
                || link instanceof IllegalStateException
                || link instanceof NullPointerException
                || link instanceof UnsupportedOperationException;
    }

    private static boolean any(Throwable failure, Predicate<Throwable> predicate) {
        return first(failure, link -> predicate.test(link) ? Optional.of(link) : Optional.empty())
                .isPresent();
    }

    /** The first answer of a failure and its causes, from the outside in; of 32 at most, as causes may go in a circle. */
    public static <T> Optional<T> first(Throwable failure, Function<Throwable, Optional<T>> question) {
        @Nullable Throwable link = failure;
        for (int i = 0; link != null && i < LONGEST_CHAIN; i++) {
            Optional<T> answer = question.apply(link);
            if (answer.isPresent()) {
                return answer;
            }
            link = link.getCause();
        }
        return Optional.empty();
    }
}
