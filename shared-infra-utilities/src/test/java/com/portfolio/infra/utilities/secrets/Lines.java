package com.portfolio.infra.utilities.secrets;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** All lines that the package logs, stack traces included, while it is open. */
final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<String> all = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Secret.class.getPackageName());

    static Lines listen() {
        Lines lines = new Lines();
        lines.start();
        lines.logger.addAppender(lines);
        lines.logger.setAdditive(false);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent line) {
        IThrowableProxy thrown = line.getThrowableProxy();
        all.add(line.getFormattedMessage() + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
    }

    List<String> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
    }
}
