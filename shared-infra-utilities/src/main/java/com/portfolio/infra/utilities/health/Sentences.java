package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.utilities.secrets.Redaction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What results say in words. */
final class Sentences {

    private static final long MILLIS_OF_SECOND = 1_000;
    private static final int DIGITS_OF_MILLIS = 3;
    private static final int DIGITS_OF_NANOS = 6;

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.DOWN);

    private Sentences() {}

    /** A duration to read: {@code 2 s}, {@code 1.5 s}, {@code 250 ms}, {@code 0.042 ms}; of milliseconds three digits. */
    static String text(Duration duration) {
        long millis = TimeUnit.MILLISECONDS.convert(duration);
        return millis >= MILLIS_OF_SECOND
                ? plain(BigDecimal.valueOf(millis, DIGITS_OF_MILLIS)) + " s"
                : plain(millis(duration).round(THREE_DIGITS)) + " ms";
    }

    /** An age to read, in whole units: {@code 8 s}, {@code 5 min}, {@code 3 h}, {@code 2 days}. */
    static String age(Duration age) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
    }

    /** The milliseconds of a duration, to the microsecond, and to the millisecond from one second on. */
    static BigDecimal millis(Duration duration) {
        long nanos = TimeUnit.NANOSECONDS.convert(duration);
        int digits = duration.toMillis() >= MILLIS_OF_SECOND ? 0 : DIGITS_OF_MILLIS;
        BigDecimal exact = BigDecimal.valueOf(nanos, DIGITS_OF_NANOS).setScale(digits, RoundingMode.DOWN);
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /**
     * What a check that threw has to say: the message of an exception of ours, which should hold no credential; of any
     * other its class and that of the first cause, as its message may say anything.
     */
    static String failed(Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof InfrastructureException && failure.getMessage() != null) {
            return "The check failed: " + Redaction.redact(failure.getMessage());
        }
        Throwable root = failure;
        // A chain that bites its own tail is cut off.
        for (int depth = 0; depth < 50 && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        String cause = root == failure ? "" : ", caused by " + nameOf(root);
        return "The check failed: " + nameOf(failure) + cause + ".";
    }

    /** Without the shell in which futures hand over what was thrown. */
    private static Throwable unwrapped(Throwable thrown) {
        boolean isShell = thrown instanceof CompletionException || thrown instanceof ExecutionException;
        Throwable cause = thrown.getCause();
        return isShell && cause != null ? cause : thrown;
    }

    private static String nameOf(Throwable failure) {
        String simple = failure.getClass().getSimpleName();
        return simple.isEmpty() ? failure.getClass().getName() : simple;
    }

    /** The same text on one line, so that it can't pass for several entries of a log. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(c -> isBreak(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString();
    }

    private static boolean isBreak(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == '\u2028' || codePoint == '\u2029';
    }
}
