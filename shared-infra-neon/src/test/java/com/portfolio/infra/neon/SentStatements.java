package com.portfolio.infra.neon;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Connections that write down what is sent over them, as it is sent. */
final class SentStatements {

    private final List<Statement> sent = new CopyOnWriteArrayList<>();

    /**
     * A statement with the values of its parameters.
     *
     * @param sql with a {@code ?} for each parameter
     */
    record Statement(String sql, List<Object> parameters) {}

    /** What was sent since the last call. */
    List<Statement> take() {
        List<Statement> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** A source whose connections are those of another one. */
    DataSource over(DataSource source) {
        return proxy(DataSource.class, (self, method, args) -> {
            Object result = method.invoke(source, args);
            return result instanceof Connection connection ? over(connection) : result;
        });
    }

    private Connection over(Connection connection) {
        return proxy(Connection.class, (self, method, args) -> {
            Object result = method.invoke(connection, args);
            return result instanceof PreparedStatement statement ? over(statement, (String) args[0]) : result;
        });
    }

    private PreparedStatement over(PreparedStatement statement, String sql) {
        TreeMap<Integer, Object> parameters = new TreeMap<>();
        return proxy(PreparedStatement.class, (self, method, args) -> {
            if (method.getName().startsWith("execute")) {
                sent.add(new Statement(sql, new ArrayList<>(parameters.values())));
            } else if (method.getName().startsWith("set") && args.length > 1) {
                parameters.put((Integer) args[0], args[1]);
            }
            return method.invoke(statement, args);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                return handler.invoke(self, method, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
