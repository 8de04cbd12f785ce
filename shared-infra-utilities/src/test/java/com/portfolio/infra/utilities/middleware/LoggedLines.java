package com.portfolio.infra.utilities.middleware;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What is logged while it is open. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();

    LoggedLines(Class<?> of, Level level) {
        logger = (Logger) LoggerFactory.getLogger(of);
        logger.setLevel(level);
        logger.addAppender(this);
        start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        lines.add(event);
    }

    List<ILoggingEvent> all() {
        return lines;
    }

    ILoggingEvent only() {
        if (lines.size() != 1) {
            throw new AssertionError("There are " + lines.size() + " lines: " + lines);
        }
        return lines.get(0);
    }

    static Map<String, Object> values(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .collect(Collectors.toMap((KeyValuePair pair) -> pair.key, pair -> pair.value));
    }

    /** Everything that an appender could write, but for the stack trace. */
    static String text(ILoggingEvent line) {
        return line.getFormattedMessage() + " " + line.getKeyValuePairs() + " " + line.getMDCPropertyMap();
    }

    static String stackTrace(ILoggingEvent line) {
        return line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy());
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(null);
    }
}
