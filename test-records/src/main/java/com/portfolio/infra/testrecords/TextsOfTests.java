package com.portfolio.infra.testrecords;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Writes down, after each test and its clean-up, what {@code toString()} tells of each object of ours that can be reached
 * from the fields of the test, those of the tests around it, the static fields of their classes, the arguments of the
 * test and the exception that it ended with.
 *
 * <p>A {@code toString()} that fails makes the test fail, and so do more objects than {@link ObjectGraph#LIMIT}.
 */
public final class TextsOfTests implements AfterEachCallback, InvocationInterceptor {

    private static final Namespace NAMESPACE = Namespace.create(TextsOfTests.class);

    static {
        EarlierRun.forget();
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        keepArguments(test, context);
        invocation.proceed();
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        keepArguments(test, context);
        invocation.proceed();
    }

    private static void keepArguments(ReflectiveInvocationContext<Method> test, ExtensionContext context) {
        context.getStore(NAMESPACE).put(List.class, test.getArguments());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ObjectGraph graph = new ObjectGraph(TextFile.OF_THIS_RUN);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            graph.reachStatics(instance.getClass());
            graph.reach(instance);
        }
        List<?> arguments = context.getStore(NAMESPACE).get(List.class, List.class);
        if (arguments != null) {
            arguments.forEach(graph::reach);
        }
        context.getExecutionException().ifPresent(graph::reach);
        TextFile.OF_THIS_RUN.flush();
    }
}
