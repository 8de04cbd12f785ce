package com.portfolio.infra.neon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged at WARN and above by some package, stack traces included, while it is open. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<String> all = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private LoggedLines(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
    }

    static LoggedLines of(String name) {
        LoggedLines lines = new LoggedLines(name);
        lines.start();
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent line) {
        if (line.getLevel().isGreaterOrEqual(Level.WARN)) {
            IThrowableProxy thrown = line.getThrowableProxy();
            all.add(line.getLevel() + " " + line.getFormattedMessage()
                    + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
        }
    }

    List<String> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
